import { setTimeout as sleep } from 'node:timers/promises';
import { readUnhealthy } from '../envoy';
import type { UnhealthyEndpoint } from '../envoy';
import type { ProxyModel } from '../gateway';
import type { StatusBoard } from './board';
import { UpstreamFinder } from './upstream-finder';

export interface UpstreamHealthOptions {
  /** Of an Envoy's admin interface on loopback. */
  readonly adminPort: number;
  /** Its node.id, and the proxy that it is. */
  readonly node: string;
  readonly proxy: string;
  /** The model of that proxy now; undefined when there is none. */
  readonly model: () => ProxyModel | undefined;
  readonly board: Pick<StatusBoard, 'upstreamHealth'>;
  /** Milliseconds; what takes Envoy longer is asked for in parts. */
  readonly longestAnswer?: number;
}

export interface UpstreamHealthPoller {
  /** What Envoy said last of an endpoint; undefined when it could not be asked. */
  healthOf(cluster: string, address: string, port: number): string | undefined;
  /** Nothing is reported any more. */
  stop(): Promise<void>;
}

const SHORTEST_PERIOD_MS = 1_000;
const LONGEST_PERIOD_MS = 60_000;
/**
 * At most this part of the time goes into answers, on either side: at 10,000 clusters an answer takes 75 ms, so that each is
 * asked about every 37 s; at 250 clusters and fewer, every second.
 */
const SHARE = 1 / 500;
/** Envoy's main thread takes in no change while it answers. */
const LONGEST_ANSWER_MS = 10;
/** The cheapest of so many answers says what one costs: others had to wait for the processor. */
const ANSWERS = 3;
/** Each is the clusters whose number ends with that digit. */
const PARTS = [...'0123456789'];
/** What is not of an upstream, and only known while all is asked for at once. */
const OTHERS = 'others';

/** Asks an Envoy again and again which endpoints it does not find healthy, as often as that costs next to nothing. */
export function startUpstreamHealth(options: UpstreamHealthOptions): UpstreamHealthPoller {
  const { adminPort, node, proxy, model, board, longestAnswer = LONGEST_ANSWER_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  /** By part; undefined while Envoy cannot be asked. */
  let known: Map<string, readonly UnhealthyEndpoint[]> | undefined;
  let states: ReadonlyMap<string, string> | undefined;

  function show(): void {
    const all = known && [...known.values()].flat();
    states = all && new Map(all.map((each) => [keyOf(each.cluster, each.address, each.port), each.health]));
    const finder = new UpstreamFinder(model());
    board.upstreamHealth(
      node,
      proxy,
      all?.map((endpoint) => ({ ...endpoint, upstreamIds: finder.find(endpoint) })),
    );
  }

  /** @returns what it cost; undefined when there was no answer */
  async function ask(part: string | undefined): Promise<{ readonly isWhole: boolean; readonly costMs: number } | undefined> {
    const health = await readUnhealthy(adminPort, { filter: part === undefined ? undefined : filterOf(part), signal });
    if (signal.aborted) return undefined;
    const began = performance.now();
    if (!health) known = undefined;
    else if (part === undefined || health.isWhole) known = byPart(health.unhealthy);
    else {
      known = (known ?? new Map<string, readonly UnhealthyEndpoint[]>()).set(part, health.unhealthy);
      known.delete(OTHERS);
    }
    show();
    return health && { isWhole: health.isWhole, costMs: Math.max(health.costMs, performance.now() - began) };
  }

  async function run(): Promise<void> {
    let knowsParts = true;
    let parts: readonly (string | undefined)[] = [undefined];
    let costs: number[] = [];
    for (let turn = 0; !signal.aborted; turn += 1) {
      const answer = await ask(parts[turn % parts.length]);
      if (answer?.isWhole && parts.length > 1) knowsParts = false;
      costs = [answer?.costMs ?? 0, ...costs].slice(0, ANSWERS);
      if (costs.length < ANSWERS) {
        await pause(SHORTEST_PERIOD_MS, signal);
        continue;
      }
      const cost = Math.min(...costs);
      const isLong = parts.length > 1 ? cost * parts.length > longestAnswer / 2 : cost > longestAnswer;
      const next = isLong && knowsParts ? PARTS : [undefined];
      if (next.length !== parts.length) costs = [];
      parts = next;
      await pause(periodOf(cost), signal);
    }
    known = undefined;
    show();
  }

  const running = run();
  return {
    healthOf: (cluster, address, port) => states && (states.get(keyOf(cluster, address, port)) ?? 'healthy'),
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

function keyOf(cluster: string, address: string, port: number): string {
  return `${cluster} ${address} ${port}`;
}

/** @returns a regular expression of RE2 and of JavaScript */
function filterOf(part: string): string {
  return `^(upstream|route)/[0-9]*${part}(/.*)?$`;
}

function byPart(unhealthy: readonly UnhealthyEndpoint[]): Map<string, readonly UnhealthyEndpoint[]> {
  const parts = new Map<string, UnhealthyEndpoint[]>();
  for (const endpoint of unhealthy) {
    const part = /^(?:upstream|route)\/\d*(\d)(?:\/|$)/.exec(endpoint.cluster)?.[1] ?? OTHERS;
    const others = parts.get(part);
    if (others) others.push(endpoint);
    else parts.set(part, [endpoint]);
  }
  return parts;
}

function periodOf(costMs: number): number {
  return Math.min(LONGEST_PERIOD_MS, Math.max(SHORTEST_PERIOD_MS, costMs / SHARE));
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
