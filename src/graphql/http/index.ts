export type { Role } from './authorize';
export { createHandler } from './handler';
