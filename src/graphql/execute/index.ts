export { Documents } from './documents';
export { run } from './run';
