import type { Logger } from '../../log';
import { explain } from '../explain';
import { Bell } from './bell';
import type { FeedEvent } from './event';
import type { Retention } from './prune';
import { BATCH, prune, RETENTION } from './prune';
import type { Cursor, Reading } from './read';
import { readOn, readStart } from './read';
import type { ListeningSession } from './session';
import { ANSWER_WITHIN_MS, isSilence, openListeningSession } from './session';
import { within } from './within';

export { ChangeBroadcast, loggedTables } from './broadcast';
export type { LoggedTable } from './broadcast';
export type { Change, FeedEvent, Keys } from './event';
export type { Retention } from './prune';

export interface ChangeFeedOptions {
  readonly url: string;
  readonly log: Logger;
  /** Called for one event at a time, awaited. When it fails, everything is read again: a `reset` follows. */
  readonly onEvent: (event: FeedEvent) => Promise<void> | void;
  /** How much of the log is kept; `everything` leaves that to others. */
  readonly retention?: Retention | 'everything';
  /** Called when the feed begins to follow the log, and when it no longer can. */
  readonly onState?: (isFollowing: boolean) => void;
  /** Called when the database has not answered for so many milliseconds: other connections to it may be dead as well. */
  readonly onSilence?: (milliseconds: number) => void;
}

export interface ChangeFeed {
  /** The highest number of the change log seen, decimal; '0' before the first event. */
  readonly counter: string;
  /** Resolves when the event being delivered is done and the connection is closed; nothing is delivered after it. */
  stop(): Promise<void>;
}

/** Without any notification, so often is the log read all the same: the net below it, and the probe of the connection. */
const POLL_MS = 2_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;
/** A database may also be just slow: each silence doubles what is waited, up to this. */
const LONGEST_ANSWER_MS = 32_000;

/**
 * Follows the change log: a `reset` first, then each committed change exactly once, whatever the order of the commits.
 * A lost connection is made again, with back-off, and the feed goes on from where it was; a database that cannot be
 * reached at the start is waited for in the same way.
 */
export function startChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  const { url, log, onEvent, retention = RETENTION, onState, onSilence } = options;
  const bell = new Bell();
  const stopBell = new Bell();
  let stopped = false;
  let counter = '0';
  let cursor: Cursor | undefined;
  let server: string | undefined;
  let retryMs = FIRST_RETRY_MS;
  let answerWithinMs = ANSWER_WITHIN_MS;
  let nextPruning = retention === 'everything' ? Infinity : Date.now() + retention.everyMs;
  let isFollowing = false;

  function follows(now: boolean): void {
    if (now !== isFollowing) onState?.(now);
    isFollowing = now;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await follow();
      } catch (error) {
        if (stopped) return;
        follows(false);
        if (isSilence(error)) {
          onSilence?.(answerWithinMs);
          answerWithinMs = Math.min(answerWithinMs * 2, LONGEST_ANSWER_MS);
        }
        log.warn({ reason: explain(error), retryMs }, 'the change feed was interrupted');
        await stopBell.wait(retryMs);
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      }
    }
  }

  async function follow(): Promise<void> {
    const session = await openListeningSession(url, bell, answerWithinMs);
    try {
      // After a restart of the server, perhaps from a backup, transaction ids may have been given out again.
      if (session.server !== server) cursor = undefined;
      server = session.server;
      while (!stopped) {
        await readOnce(session);
        retryMs = FIRST_RETRY_MS;
        answerWithinMs = ANSWER_WITHIN_MS;
        follows(true);
        await pruneWhenDue(session);
        if (session.lost) throw session.lost;
        await bell.wait(POLL_MS);
      }
    } finally {
      await session.close();
    }
  }

  async function readOnce(session: ListeningSession): Promise<void> {
    const { client } = session;
    const reading = cursor ? await readOn(client, cursor, answerWithinMs) : await readStart(client, answerWithinMs);
    if (stopped) return;
    counter = reading.counter;
    // Should the delivery fail, nobody knows how much of it was taken in.
    cursor = undefined;
    if (!reading.changes || reading.changes.length > 0) await deliver(eventOf(reading), session);
    cursor = reading.cursor;
  }

  /** Probes the database meanwhile: the one who takes the event in may wait on a connection that is dead. */
  async function deliver(event: FeedEvent, { client }: ListeningSession): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let isDelivered = false;
    const probeLater = (): void => {
      timer = setTimeout(() => {
        client.query(within(answerWithinMs, { text: 'SELECT 1' })).then(
          () => !isDelivered && probeLater(),
          // A connection that is lost is noticed by the next reading.
          (error: unknown) => isSilence(error) && onSilence?.(answerWithinMs),
        );
      }, POLL_MS).unref();
    };
    probeLater();
    try {
      await onEvent(event);
    } finally {
      isDelivered = true;
      clearTimeout(timer);
    }
  }

  async function pruneWhenDue({ client }: ListeningSession): Promise<void> {
    if (retention === 'everything' || !cursor || Date.now() < nextPruning) return;
    nextPruning = Date.now() + retention.everyMs;
    try {
      const pruned = await prune(client, cursor, retention);
      cursor = pruned.cursor;
      if (pruned.removed === BATCH) nextPruning = 0;
    } catch (error) {
      // The log grows, but it can still be read. A lost connection is noticed by the next reading.
      log.warn({ reason: explain(error) }, 'the change log could not be pruned');
    }
  }

  const running = run();
  return {
    get counter() {
      return counter;
    },
    stop: async () => {
      stopped = true;
      bell.ring();
      stopBell.ring();
      await running;
    },
  };
}

function eventOf({ changes, counter, madeAt }: Reading): FeedEvent {
  return changes ? { kind: 'changes', changes, counter, madeAt } : { kind: 'reset', counter };
}
