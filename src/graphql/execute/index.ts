export { Documents } from './documents';
export type { BoundPlan } from './documents';
export { explainStep } from './explain';
export { run } from './run';
export { runInChunks, runUnlessLarge } from './large';
