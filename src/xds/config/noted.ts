import type { Problem } from '../../gateway';

/** Is told all that is served of a part of a proxy otherwise than stored, in the place of what it was told before of that part. */
export type Noted = (part: string, notes: readonly Problem[]) => void;
