import type { Checked } from './checked';
import { invalid, valid } from './checked';

/** Thrown by the readers below and turned into a message by `reading`. */
class ReadError extends Error {}

/** Runs a reader; the message names the place in the document, e.g. `descriptors[0].generic_key must be an object`. */
export function reading<T>(read: () => T): Checked<T> {
  try {
    return valid(read());
  } catch (error) {
    if (error instanceof ReadError) return invalid(error.message);
    throw error;
  }
}

/** Refuses what stands at a place. */
export function refuse(place: string, problem: string): never {
  throw new ReadError(place === '' ? problem : `${place} ${problem}`);
}

/** Unwraps a check of a value at a place. */
export function need<T>(place: string, checked: Checked<T>): T {
  return checked.ok ? checked.value : refuse(`${place}:`, checked.message);
}

/**
 * One object of a JSON document. Keys match in any case, `null` is the same as absent, and keys that nobody asks for are
 * ignored: so clients and stored documents were always read (data-plane reference 0.4).
 */
export class JsonReader {
  private readonly fields = new Map<string, unknown>();

  constructor(
    document: unknown,
    readonly place = '',
  ) {
    if (document === null) return;
    if (typeof document !== 'object' || Array.isArray(document)) refuse(place || 'the document', 'must be an object');
    for (const [key, value] of Object.entries(document)) if (value !== null) this.fields.set(key.toLowerCase(), value);
  }

  at(name: string): string {
    return this.place === '' ? name : `${this.place}.${name}`;
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  /** In lower case. */
  keys(): readonly string[] {
    return [...this.fields.keys()];
  }

  /** Empty when absent. */
  string(name: string, expected = 'a string'): string {
    const value = this.fields.get(name) ?? '';
    return typeof value === 'string' ? value : refuse(this.at(name), `must be ${expected}`);
  }

  boolean(name: string): boolean {
    const value = this.fields.get(name) ?? false;
    return typeof value === 'boolean' ? value : refuse(this.at(name), 'must be true or false');
  }

  /** 0 when absent. */
  integer(name: string, least: number, most: number): number {
    const value = this.fields.get(name) ?? 0;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return refuse(this.at(name), `must be a whole number from ${least} to ${most}`);
  }

  object(name: string): JsonReader | undefined {
    return this.has(name) ? new JsonReader(this.fields.get(name), this.at(name)) : undefined;
  }

  /** The list's objects; undefined when absent. */
  list(name: string): JsonReader[] | undefined {
    const value = this.fields.get(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) refuse(this.at(name), 'must be a list');
    return value.map((item: unknown, index) => new JsonReader(item, `${this.at(name)}[${index}]`));
  }
}

/** A string that ends up in a header: Envoy refuses these three characters there. */
export function headerValue(place: string, value: string): string {
  return /[\0\r\n]/.test(value) ? refuse(place, 'must not hold line breaks or NUL') : value;
}

/** A header's name, pseudo headers (`:method`) included. */
export function headerName(place: string, value: string): string {
  return /^:?[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : refuse(place, `must be a header name, but is ${JSON.stringify(value)}`);
}
