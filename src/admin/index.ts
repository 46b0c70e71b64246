/** The admin port: REST, GraphQL, health and metrics behind one guard. */
export type { AdminOptions, AdminServer, Health, Readiness } from './server';
export { startAdmin } from './server';
