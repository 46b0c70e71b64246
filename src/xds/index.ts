export { ConfigStore } from './config';
export { startXdsServer } from './server';
export type { XdsServer, XdsServerOptions } from './server';
export type { TranslationOptions } from './translate';
