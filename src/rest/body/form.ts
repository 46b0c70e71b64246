import { GatewayError } from '../../errors';

/** A name and what was given for it, in the order of the body. */
export type Entry = readonly [name: string, value: unknown];

/** What a request holds. Files are parts with a file name; a file never fills a field, the query does when the body does not. */
export interface Form {
  readonly texts: readonly Entry[];
  readonly files: readonly Entry[];
  readonly query: readonly Entry[];
}

export const EMPTY_FORM: Form = { texts: [], files: [], query: [] };

/** The value of a name in any case; the exact name wins, then the first that is given. */
export function valueOf(entries: readonly Entry[], name: string): unknown {
  const exact = entries.find(([given]) => given === name);
  const lower = name.toLowerCase();
  return (exact ?? entries.find(([given]) => given.toLowerCase() === lower))?.[1];
}

/**
 * A field as text: numbers and booleans are taken as they are written, null and absent are empty.
 * @throws GatewayError when it is a list or an object, or cannot be stored as text
 */
export function fieldText(form: Form, name: string): string {
  return asText(name, valueOf(form.texts, name) ?? valueOf(form.query, name));
}

/**
 * An upload as text: a file, or else a field; undefined when there is neither.
 * @throws GatewayError as `fieldText`
 */
export function uploadText(form: Form, name: string): string | undefined {
  const value = valueOf(form.files, name) ?? valueOf(form.texts, name);
  return value === undefined ? undefined : asText(name, value);
}

function asText(name: string, given: unknown): string {
  const value = given ?? '';
  if (typeof value === 'string') return storableText(name, value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new GatewayError('invalid_input', `${name} must be a string, but is ${Array.isArray(value) ? 'a list' : 'an object'}`);
}

/** Postgres stores any Unicode text but NUL. @throws GatewayError */
export function storableText(name: string, text: string): string {
  if (text.includes('\0')) throw new GatewayError('invalid_input', `${name} holds a NUL character, which cannot be stored`);
  if (/\p{Surrogate}/u.test(text))
    throw new GatewayError('invalid_input', `${name} holds half of a surrogate pair: it is not Unicode text`);
  return text;
}
