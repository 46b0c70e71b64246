import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image?: string;
  readonly build?: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Short form: `source:target[:mode]`. */
  readonly volumes?: readonly string[];
  /** Short form: `[address:]published:target`. */
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck: { readonly test: readonly string[] };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** A compose file as Compose reads it with these variables (`${NAME:-default}`, `${NAME:?message}`). */
export function readCompose(file: string, variables: Readonly<Record<string, string>>): ComposeFile {
  return parse(interpolate(readFileSync(file, 'utf8'), variables)) as ComposeFile;
}

/** @throws Error with the file's own message when a required variable is missing, as Compose does. */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_all, name: string, operator: string, word: string) => {
    const value = variables[name];
    if (value) return value;
    if (operator === '?') throw new Error(`${name}: ${word}`);
    return word;
  });
}
