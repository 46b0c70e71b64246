export { emptyLoadAssignment } from './endpoint';
export { HTTP_LISTENER, HTTPS_LISTENER, TYPE_URLS } from './names';
export type { ResourceKind } from './names';
export { joinRouteConfiguration } from './route-configuration';
export type { TranslationOptions } from './options';
export { Translator } from './snapshot';
export type { Snapshot } from './snapshot';
export type { TranslatedCluster } from './cluster';
export type { HostRoutes } from './virtual-host';
