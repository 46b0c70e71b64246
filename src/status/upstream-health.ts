import { setTimeout as sleep } from 'node:timers/promises';
import { readUnhealthy } from '../envoy';
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
 * At most this part of the time goes into an answer, on either side. Envoy's main thread takes in no change meanwhile: at 10,000
 * clusters an answer takes it 75 ms, so it is asked every 37 s; at 250 clusters and fewer, every second.
 */
const SHARE = 1 / 500;
/** The cheapest of so many answers says what one costs: others had to wait for the processor. */
const ANSWERS = 3;

/** Asks an Envoy again and again which endpoints it does not find healthy, as often as that costs next to nothing. */
export function startUpstreamHealth(options: UpstreamHealthOptions): UpstreamHealthPoller {
  const { adminPort, node, proxy, model, board } = options;
  const stopping = new AbortController();
  let unhealthy: ReadonlyMap<string, string> | undefined;

  async function run(): Promise<void> {
    let costs: number[] = [];
    while (!stopping.signal.aborted) {
      const health = await readUnhealthy(adminPort, stopping.signal);
      if (stopping.signal.aborted) break;
      unhealthy = health && new Map(health.unhealthy.map((each) => [keyOf(each.cluster, each.address, each.port), each.health]));
      const finder = new UpstreamFinder(model());
      board.upstreamHealth(
        node,
        proxy,
        health?.unhealthy.map((endpoint) => ({ ...endpoint, upstreamIds: finder.find(endpoint) })),
      );
      costs = [health?.costMs ?? 0, ...costs].slice(0, ANSWERS);
      await pause(periodOf(Math.min(...costs)), stopping.signal);
    }
    board.upstreamHealth(node, proxy, undefined);
  }

  const running = run();
  return {
    healthOf: (cluster, address, port) => unhealthy && (unhealthy.get(keyOf(cluster, address, port)) ?? 'healthy'),
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

function keyOf(cluster: string, address: string, port: number): string {
  return `${cluster} ${address} ${port}`;
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
