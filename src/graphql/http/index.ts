export type { Role } from './authorize';
export { allowsOrigin } from './cors';
export type { AllowedOrigins } from './cors';
export type { LargeAnswer } from './handler';
export { createHandler, isOwnPath } from './handler';
