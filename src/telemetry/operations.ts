import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import type { OperationObserver, OperationResult, WriteKind } from '../graphql';
import { TimingHistogram } from './timing';

/** Operations that are not valid have no type. */
const TYPES = ['query', 'mutation', 'subscription', 'invalid'] as const;
const WRITES: readonly WriteKind[] = ['insert', 'update', 'delete'];
const RESULTS: readonly OperationResult[] = ['ok', 'refused', 'failed'];
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Every child is made beforehand: an operation costs no look-up of labels, and what never happened reads 0. */
export function observeOperations(registry: Registry): OperationObserver {
  const duration = new TimingHistogram(registry, {
    name: 'enroute_graphql_operation_duration_seconds',
    help: 'Time to run a GraphQL operation, REST calls and own reads included, by its type and result.',
    buckets: BUCKETS,
  });
  const writes = new Counter({
    name: 'enroute_writes_total',
    help: 'Root fields of mutations that were run, by what they do and what came of it: all of a request or none is stored.',
    labelNames: ['kind', 'result'],
    registers: [registry],
  });
  const durations = table(TYPES, (type) => table(RESULTS, (result) => duration.child({ type, result })));
  const counters = table(WRITES, (kind) => table(RESULTS, (result) => writes.labels({ kind, result })));
  for (const one of Object.values(counters)) for (const counter of Object.values(one)) counter.inc(0);
  return {
    ran(type, written, result, seconds) {
      durations[type][result].observe(seconds);
      for (const kind of written) counters[kind][result].inc();
    },
  };
}

function table<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Readonly<Record<K, V>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>;
}
