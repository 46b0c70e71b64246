export type { HeldObject, Push, XdsClient, XdsObserver } from './observer';
export { Rejections } from './rejections';
export type { Rejection } from './rejections';
export { startXdsServer } from './xds-server';
export type { XdsServer, XdsServerOptions } from './xds-server';
