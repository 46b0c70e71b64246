export { Documents } from './documents';
export type { BoundPlan } from './documents';
export { explainStep } from './explain';
export { requestError } from './database-error';
export { pipeline } from './pipeline';
export type { ResultRow } from './pipeline';
export { assemble, check, run, values, withClient } from './run';
export { runInChunks, runUnlessLarge } from './large';
