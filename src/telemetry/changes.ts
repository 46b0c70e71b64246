import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';

/** What is told of changes on their way from Postgres to Envoy. */
export interface ChangeMetrics {
  /** The feed follows the change log from now on, or no longer. */
  follow(isFollowing: boolean): void;
  /** The models have everything up to this change counter. */
  applied(kind: 'changes' | 'reset', counter: number, seconds: number): void;
  /** A client was handed the first response that carries a change, so long after the change was made. */
  pushed(seconds: number): void;
  /** A client has accepted a change, so long after it was made. */
  acknowledged(seconds: number): void;
}

const PUSH_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function observeChanges(registry: Registry): ChangeMetrics {
  const registers = [registry];
  const following = new Gauge({
    name: 'enroute_change_feed_following',
    help: '1 while the change log of the database is followed.',
    registers,
  });
  const reconnects = new Counter({
    name: 'enroute_change_feed_reconnects_total',
    help: 'Times that the change log was followed again after an interruption.',
    registers,
  });
  const counter = new Gauge({
    name: 'enroute_change_counter',
    help: 'The last number of the change log that the models have.',
    registers,
  });
  const events = new Counter({
    name: 'enroute_change_events_total',
    help: 'What the change feed brought: changes, or a reset, after which everything is read again.',
    labelNames: ['kind'],
    registers,
  });
  const applying = new Histogram({
    name: 'enroute_change_apply_duration_seconds',
    help: 'Time to read what a change touches, and to translate it for all proxies.',
    buckets: PUSH_BUCKETS,
    registers,
  });
  const push = new Histogram({
    name: 'enroute_change_push_seconds',
    help: 'Time from a change in the database to the first response that carries it being handed to a client, once a client.',
    buckets: PUSH_BUCKETS,
    registers,
  });
  const acknowledgement = new Histogram({
    name: 'enroute_change_acknowledged_seconds',
    help: 'Time from a change in the database until a client has accepted all of it, once a client.',
    buckets: PUSH_BUCKETS,
    registers,
  });
  for (const kind of ['changes', 'reset']) events.inc({ kind }, 0);
  let hasFollowed = false;
  return {
    follow(isFollowing) {
      following.set(isFollowing ? 1 : 0);
      if (isFollowing && hasFollowed) reconnects.inc();
      hasFollowed ||= isFollowing;
    },
    applied(kind, number, seconds) {
      counter.set(number);
      events.inc({ kind });
      applying.observe(seconds);
    },
    pushed: (seconds) => push.observe(seconds),
    acknowledged: (seconds) => acknowledgement.observe(seconds),
  };
}
