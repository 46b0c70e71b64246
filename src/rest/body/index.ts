import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../../errors';
import { queryOf } from '../../request-url';
import { parseJson } from '../../validation';
import type { Entry, Form } from './form';
import { EMPTY_FORM } from './form';
import { parseMultipart } from './multipart';
import { decodeUtf8, readBody } from './read';
import { parseUrlencoded } from './urlencoded';

export type { Form } from './form';
export { EMPTY_FORM, fieldText, storableText, uploadText, valueOf } from './form';
export { RequestAborted } from './read';
export { parseUrlencoded } from './urlencoded';

/** What a multipart body may have around its one large file. */
const MULTIPART_OVERHEAD_BYTES = 16_384;

/**
 * The form that a request carries, by its content type (REST reference 1.1); an empty body is an empty form, whatever its
 * type. The query string counts too, except with JSON.
 * @throws GatewayError body_too_large, unsupported_media_type, malformed_body @throws RequestAborted
 */
export async function readForm(request: IncomingMessage, response: ServerResponse, maxBytes: number): Promise<Form> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const multipart = type === 'multipart/form-data';
  const body = await readBody(request, maxBytes, multipart ? MULTIPART_OVERHEAD_BYTES : 0);
  if (body.length === 0) return EMPTY_FORM;
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new GatewayError('unsupported_media_type', `content-encoding ${encoding} is not read: send the body as it is`);
  switch (type) {
    case 'application/x-www-form-urlencoded':
      return { texts: parseUrlencoded(decodeUtf8(body)), files: [], query: queryEntries(request) };
    case 'multipart/form-data': {
      decodeUtf8(body);
      return { ...(await parseMultipart(request, response, body, maxBytes)), query: queryEntries(request) };
    }
    case 'application/json':
      return { texts: jsonEntries(decodeUtf8(body)), files: [], query: [] };
    default:
      throw new GatewayError(
        'unsupported_media_type',
        `content type ${JSON.stringify(type)} is not read: send application/x-www-form-urlencoded, multipart/form-data or application/json`,
      );
  }
}

/** Reads a body that says nothing, within the same limit. */
export async function dropBody(request: IncomingMessage, maxBytes: number): Promise<void> {
  await readBody(request, maxBytes);
}

function queryEntries(request: IncomingMessage): readonly Entry[] {
  return parseUrlencoded(queryOf(request.url));
}

function jsonEntries(text: string): readonly Entry[] {
  const json = parseJson(text);
  if (!json.ok) throw new GatewayError('malformed_body', `the JSON body cannot be read, ${json.message}`);
  if (json.value === null) return [];
  if (typeof json.value !== 'object' || Array.isArray(json.value))
    throw new GatewayError('malformed_body', 'the JSON body must be an object');
  return Object.entries(json.value);
}
