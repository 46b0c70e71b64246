export { Documents } from './documents';
export type { BoundPlan } from './documents';
export { explainStep } from './explain';
export { isRetryable, requestError } from './database-error';
export { pipeline } from './pipeline';
export type { BoundStatement, ResultRow } from './pipeline';
export type { Beside, Ran } from './run';
export { assemble, check, parametersOf, run, values, withClient } from './run';
export { runInChunks, runUnlessLarge } from './large';
