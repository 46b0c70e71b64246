/** Makes the certificates of `src/certificates`, for who has no authority of his own. */
export { readArguments, USAGE } from './arguments';
export type { Existing, GenerateOptions } from './generate';
export { generate } from './generate';
