import { canonicalPath } from './canonical-path';

/** A request as somebody would send it. */
export interface AskedRequest {
  readonly scheme: 'http' | 'https';
  readonly method: string;
  /** As in the Host header. */
  readonly host: string;
  /** As in the request line, with its query. */
  readonly path: string;
  /** In the order in which they are sent; names in any case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** The same as Envoy's routes see it. */
export interface SeenRequest {
  readonly scheme: 'http' | 'https';
  readonly method: string;
  readonly host: string;
  /** Normalised, with its query. */
  readonly path: string;
  /** By name in lower case, pseudo headers too; values of the same name are one. */
  readonly headers: ReadonlyMap<string, string>;
}

/** What stands for values that are not known before the request is sent. */
const CLIENT_ADDRESS = '<address of the client>';
const REQUEST_ID = '<made by Envoy>';

/** What the connection manager makes of a request before it looks for a route; undefined when it refuses the path with a 400. */
export function seenRequest(asked: AskedRequest): SeenRequest | undefined {
  const { scheme, method, host } = asked;
  const query = asked.path.indexOf('?');
  const end = query < 0 ? asked.path.length : query;
  const canonical = asked.path.includes('#') ? undefined : canonicalPath(asked.path.slice(0, end));
  if (canonical === undefined) return undefined;
  const path = canonical + asked.path.slice(end);
  const headers = new Map<string, string>();
  for (const [given, value] of asked.headers) {
    const name = given.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ','}${value}`);
  }
  const forwardedFor = headers.get('x-forwarded-for');
  headers.set('x-forwarded-for', forwardedFor === undefined ? CLIENT_ADDRESS : `${forwardedFor},${CLIENT_ADDRESS}`);
  headers.set('x-forwarded-proto', scheme);
  if (!headers.has('x-request-id')) headers.set('x-request-id', REQUEST_ID);
  for (const [name, value] of Object.entries({ ':method': method, ':authority': host, host, ':path': path, ':scheme': scheme }))
    headers.set(name, value);
  return { scheme, method, host, path, headers };
}

/** What a path is compared by: without its query. */
export function withoutQuery(path: string): string {
  return path.split('?', 1)[0] ?? '';
}
