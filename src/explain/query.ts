import { domainToASCII } from 'node:url';
import { GatewayError } from '../errors';
import type { AskedRequest } from './request';

/** The parameters of a question by name, in the order in which they were given. */
export type QueryValues = ReadonlyMap<string, readonly string[]>;

/** Token, RFC 9110 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HOST = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(:\d*)?$/;
const PATH = /^\/[\x21-\x7e]*$/;
const HEADER_VALUE = /^[\t\x20-\x7e\u0080-\u00ff]*$/;

/** The request that a question is about. @throws GatewayError invalid_input */
export function askedRequest(values: QueryValues): AskedRequest {
  const one = (name: string): string | undefined => values.get(name)?.[0] || undefined;
  return {
    scheme: readScheme(one('scheme') ?? 'http'),
    method: readMethod(one('method') ?? 'GET'),
    host: readHost(one('host') ?? ''),
    path: readPath(one('path') ?? '/'),
    headers: (values.get('header') ?? []).map(readHeader),
  };
}

function readScheme(text: string): 'http' | 'https' {
  const scheme = text.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return scheme;
  return refuse(`scheme must be http or https, but is ${JSON.stringify(text)}`);
}

function readMethod(text: string): string {
  const method = text.toUpperCase();
  if (!TOKEN.test(method)) return refuse(`method must be one of HTTP, such as GET, but is ${JSON.stringify(text)}`);
  return method === 'CONNECT' ? refuse('method CONNECT asks for a tunnel, which no route serves') : method;
}

/** International names in their ASCII form, as clients send them. */
function readHost(text: string): string {
  if (text === '') return refuse('Please provide the host of the request using host');
  if (/^https?:\/\//i.test(text)) return refuse(`host must be a name without scheme and path, but is ${JSON.stringify(text)}`);
  const [, name = '', port = ''] = /^(.*?)(:\d*)?$/s.exec(text) ?? [];
  const host = /[^\x00-\x7f]/.test(name) ? domainToASCII(name) + port : text;
  return HOST.test(host) ? host : refuse(`host must be a host name or an IP address, but is ${JSON.stringify(text)}`);
}

function readPath(text: string): string {
  if (PATH.test(text)) return text;
  const shown = JSON.stringify(text);
  if (!text.startsWith('/')) return refuse(`path must begin with /, but is ${shown}`);
  return refuse(`path must be as clients send it, other characters percent-encoded, but is ${shown}`);
}

function readHeader(text: string): readonly [string, string] {
  const colon = text.indexOf(':', text.startsWith(':') ? 1 : 0);
  const name = text.slice(0, Math.max(colon, 0)).trim();
  const value = text.slice(colon + 1).trim();
  if (name.startsWith(':') || name.toLowerCase() === 'host')
    return refuse(`header ${name} is given by the parameters method, host, path and scheme`);
  if (!TOKEN.test(name)) return refuse(`header must be given as "name: value", but is ${JSON.stringify(text)}`);
  if (!HEADER_VALUE.test(value)) return refuse(`header ${name} holds characters that no header may have`);
  return [name, value];
}

function refuse(message: string): never {
  throw new GatewayError('invalid_input', message);
}
