export { startXdsServer } from './ads-server';
export type { XdsServer, XdsServerOptions } from './ads-server';
export { SnapshotCache } from './snapshot-cache';
