/** What becomes of a request, from the models that Envoys are fed from: no database is read, and no Envoy is asked. */
export { Explainer } from './explainer';
export type { Explanation } from './explanation';
export type { QueryValues } from './query';
export type { HealthOf } from './upstreams';
