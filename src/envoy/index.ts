export { bootstrap, bootstrapElsewhere } from './bootstrap';
export type { BootstrapOptions } from './bootstrap';
export { findEnvoy } from './find';
export { startEnvoy } from './supervise';
export type { EnvoyOptions, SupervisedEnvoy } from './supervise';
export { DRAIN, managedNodeId } from './plan';
export { readUnhealthy } from './cluster-health';
export type { ClusterHealth, UnhealthyEndpoint } from './cluster-health';
