import { createHash } from 'node:crypto';

export interface NamedStatement {
  /** The prepared statement's name: the same for the same text. */
  readonly name: string;
  readonly sql: string;
}

export function named(sql: string): NamedStatement {
  return { sql, name: `g_${createHash('sha256').update(sql).digest('base64url').slice(0, 32)}` };
}
