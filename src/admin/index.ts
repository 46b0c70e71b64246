/** The admin port: REST, GraphQL, health and metrics behind one guard. */
export { isLoopback, refuseForeignPages } from './guard';
export { listen } from './listen';
export type { AdminOptions, AdminServer, Health } from './server';
export { startAdmin } from './server';
