/** The REST facade: forms in, named GraphQL operations out, and their answers passed on. */
export type { RestOptions } from './application';
export { createRest, routeTemplate } from './application';
