import { Redis } from 'ioredis';
import type { Logger } from '../../log';
import { SCRIPT, SCRIPT_HASH } from './script';

/** What is counted: the key of a counter, and the length of its window in seconds. */
export interface Counted {
  readonly key: string;
  readonly seconds: number;
}

/** What Redis answered. */
export interface Counts {
  /** Microseconds since the epoch, by Redis' clock. */
  readonly time: number;
  /** The window's total of each key, in their order. */
  readonly totals: readonly number[];
}

export interface RedisCountersOptions {
  /** `redis://` or `rediss://`; may hold a password, so it is never logged. */
  readonly url: string;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** Told when Redis is there, and when it is lost. */
  readonly onState: (isUp: boolean) => void;
}

/** The hits could not be counted. Its message is fit for the log. */
export class NotCounted extends Error {}

/** How long, in milliseconds, a decision waits for Redis: less than Envoy waits for the decision. */
export const ANSWER_WITHIN = 100;
/** How long, in milliseconds, a connection may be silent while something is asked of it, before another is tried. */
const SILENT_FOR = 1_000;
/** How long, in milliseconds, a connection that is given up may take to close. */
const CLOSED_WITHIN = 200;
/** Decisions that may wait for Redis at once; further ones are not counted. */
const MOST_WAITING = 10_000;

/**
 * Counters in Redis, one round trip a call, whatever number of keys; calls do not wait for one another. While Redis is away or
 * silent a call fails at once, and the connection is tried again, every half second at least, until it is back.
 */
export class RedisCounters {
  readonly #redis: Redis;
  readonly #options: RedisCountersOptions;
  #isUp: boolean | undefined;
  #waiting = 0;
  #reason = 'the connection is not open yet';
  #lastError: string | undefined;
  /** Resolves when Redis is there, or the first attempt failed. */
  readonly tried: Promise<void>;
  #onTried: () => void = () => undefined;

  constructor(options: RedisCountersOptions) {
    this.#options = options;
    this.#redis = new Redis(options.url, {
      protocol: 2,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: SILENT_FOR,
      socketTimeout: SILENT_FOR,
      disconnectTimeout: CLOSED_WITHIN,
      retryStrategy: (attempt) => Math.min(50 * attempt, 500),
      // A failover left us with a replica: connect again.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
      disableClientInfo: true,
      connectionName: 'enroute-gateway',
    });
    // Errors of the library carry the commands that failed, AUTH among them: only their text is passed on.
    this.#redis.on('error', (error: Error) => (this.#lastError = error.message));
    this.#redis.on('ready', () => void this.#prepare());
    this.#redis.on('close', () => this.#down(this.#lastError ?? 'the connection was closed'));
    this.tried = new Promise((resolve) => (this.#onTried = resolve));
  }

  /** @throws NotCounted when there is no answer in time; whether the hits count then is not known */
  async add(counted: readonly Counted[], hits: number): Promise<Counts> {
    if (this.#isUp !== true) throw new NotCounted(`Redis is away: ${this.#reason}`);
    if (this.#waiting >= MOST_WAITING) throw new NotCounted(`${MOST_WAITING} decisions wait for Redis`);
    const reply = this.#run(
      counted.map(({ key }) => key),
      [hits, ...counted.map(({ seconds }) => seconds)],
    );
    const [seconds = 0, micros = 0, ...totals] = await this.#inTime(reply);
    return { time: seconds * 1_000_000 + micros, totals };
  }

  /** Calls that wait fail. */
  close(): void {
    this.#redis.removeAllListeners();
    this.#redis.on('error', () => undefined);
    this.#redis.disconnect();
  }

  /** The script is there before it is needed; a Redis that does not take it is lost by the first call. */
  async #prepare(): Promise<void> {
    try {
      await this.#redis.script('LOAD', SCRIPT);
    } catch (error) {
      this.#lastError = error instanceof Error ? error.message : String(error);
    }
    if (this.#redis.status === 'ready') this.#up();
  }

  async #run(keys: readonly string[], values: readonly number[]): Promise<number[]> {
    const call = [keys.length, ...keys, ...values.map(String)] as const;
    try {
      return (await this.#redis.evalsha(SCRIPT_HASH, ...call)) as number[];
    } catch (error) {
      // Redis was started anew, or is another one.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await this.#redis.eval(SCRIPT, ...call)) as number[];
    }
  }

  /** The reply, or NotCounted when it takes too long; one that comes later shows that Redis is back. */
  #inTime(reply: Promise<number[]>): Promise<number[]> {
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      let isOver = false;
      let isLate = false;
      const late = (): void => {
        if (isOver) return;
        isLate = true;
        this.#down(`no answer within ${ANSWER_WITHIN} ms`);
        reject(new NotCounted(`Redis gave no answer within ${ANSWER_WITHIN} ms`));
      };
      // When it is this process that was busy, the answer is there already and read before the immediate.
      const timer = setTimeout(() => setImmediate(late), ANSWER_WITHIN);
      reply
        .then(
          (answer) => {
            if (isLate && this.#redis.status === 'ready') this.#up();
            resolve(answer);
          },
          (error: unknown) => reject(new NotCounted(error instanceof Error ? error.message : String(error))),
        )
        .finally(() => {
          isOver = true;
          clearTimeout(timer);
          this.#waiting -= 1;
        });
    });
  }

  #up(): void {
    this.#onTried();
    if (this.#isUp === true) return;
    const isFirst = this.#isUp === undefined;
    this.#isUp = true;
    this.#lastError = undefined;
    this.#options.onState(true);
    this.#options.log.info(isFirst ? 'rate limits are counted in Redis' : 'Redis is back: rate limits are counted in it again');
  }

  #down(reason: string): void {
    this.#onTried();
    if (this.#isUp === false) return;
    this.#isUp = false;
    this.#options.onState(false);
    this.#reason = reason;
    this.#options.log.error({ reason }, 'Redis is lost: rate limits are not counted until it is back');
  }
}
