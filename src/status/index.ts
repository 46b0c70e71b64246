/** What the running gateways say of their Envoys, of rejected objects and of upstreams' health: tables that users read. */
export type { ConnectedEnvoy, EndpointHealth, StatusBoard, StatusBoardOptions, StatusPool } from './board';
export { createStatusBoard } from './board';
export type { Rejection } from './rejected-objects';
export type { UpstreamHealthOptions, UpstreamHealthPoller } from './upstream-health';
export { startUpstreamHealth } from './upstream-health';
export type { RejectionStore } from './rejection-store';
export { createRejectionStore } from './rejection-store';
export { XdsStatus } from './xds-status';
export { UpstreamFinder } from './upstream-finder';
