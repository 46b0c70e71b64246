/** The database's rows as the typed model of each proxy, kept up with every committed change. */
export type * from './model';
export type { Applied, Gateway, GatewayOptions } from './gateway';
export { createGateway } from './gateway';
export { ReadError } from './read';
export type { ProxyOrigins } from './origins';
export type { PairStore } from './pairs';
export { createPairStore } from './pairs';
export type { LoadedModels } from './disk';
export { appendModel, loadModels, removeModel, saveModel } from './disk';
export type { ModelKeeper } from './keeper';
export { createModelKeeper } from './keeper';
export { fullName, problemInWords, proxyOf, wordsOf } from './object';
export { rateLimitDomain } from './rate-limit-domain';
