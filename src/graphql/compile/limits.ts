/** What a document may ask for. Its fields are counted once its fragments are written out. */
export interface Limits {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
}

/** The introspection query of every client passes them. */
export const LIMITS: Limits = { depth: 50, fields: 10_000, aliases: 1_000 };
