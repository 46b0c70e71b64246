export { ConfigStore } from './config';
export { Rejections, startXdsServer } from './server';
export type { HeldObject, Rejection, XdsClient, XdsObserver, XdsServer, XdsServerOptions } from './server';
export type { TranslationOptions } from './translate';
