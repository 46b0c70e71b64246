export { startXdsServer } from './xds-server';
export type { XdsServer, XdsServerOptions } from './xds-server';
