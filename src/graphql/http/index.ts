export { authorize } from './authorize';
export type { Role } from './authorize';
export { allowsOrigin, answerCors } from './cors';
export type { AllowedOrigins } from './cors';
export { EventStreams } from './event-stream';
export type { LargeAnswer } from './handler';
export { createHandler, isOwnPath, VERSION } from './handler';
export { parseJson } from './json';
export { requestOf } from './request-of';
