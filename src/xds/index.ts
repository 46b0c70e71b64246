export { SnapshotCache, startXdsServer } from './server';
export type { XdsServer, XdsServerOptions } from './server';
export { Translator } from './translate';
export type { Snapshot, TranslationOptions } from './translate';
