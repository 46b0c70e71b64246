/** What is seen of a running process from outside: Prometheus' metrics, and which push carries which write. */
export type { Metrics } from './metrics';
export { createMetrics } from './metrics';
export { observeOperations } from './operations';
export { observePool } from './pool';
export { Pushes } from './pushes';
export type { Tracing } from './tracing';
export { startTracing } from './tracing';
