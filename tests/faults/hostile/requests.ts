import { gzipSync } from 'node:zlib';
import type { OperationEndpoint } from '../../../src/rest/endpoint';
import { ENDPOINTS } from '../../../src/rest/endpoints';
import type { Random } from '../world/random';
import { mangled, mangledBytes, name, value } from './values';

export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

const OPERATIONS = ENDPOINTS.filter((endpoint): endpoint is OperationEndpoint => 'operation' in endpoint);
const UPLOADS = OPERATIONS.filter(({ uploads }) => uploads !== undefined);
const FORM = 'application/x-www-form-urlencoded';
/** Over the largest body that is read. */
const TOO_LARGE = 1_200_000;

/** A call of the REST facade whose path, fields, encoding or size are not what they should be. */
export function restRequest(random: Random): HostileRequest {
  const endpoint = random.of(OPERATIONS);
  const names = [...(endpoint.fields ?? []), ...(endpoint.uploads ?? [])].map((field) => field.name);
  const pairs = names
    .filter(() => random.chance(0.85))
    .map((field) => [random.chance(0.1) ? mangled(random, field) : field, value(random)]);
  const type = random.of([
    FORM,
    FORM,
    FORM,
    FORM,
    `${FORM}; charset=utf-16`,
    'application/json',
    'text/plain',
    '',
    'multipart/form-data',
  ]);
  const text = new URLSearchParams(pairs as [string, string][]).toString();
  const body = random.chance(0.02)
    ? Buffer.alloc(TOO_LARGE, 'a=')
    : encoded(random, Buffer.from(random.chance(0.15) ? mangled(random, text) : text));
  const method = random.chance(0.9) ? endpoint.method : random.of(['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD']);
  const encoding: Record<string, string> = random.chance(0.03) ? { 'content-encoding': random.of(['gzip', 'br', 'x']) } : {};
  return {
    method,
    path: pathOf(random, endpoint.path),
    headers: { 'content-type': type, ...encoding },
    body: method === 'GET' ? undefined : body,
  };
}

/** A form of parts that is cut off, without its boundary, of the wrong kind or too large. */
export function uploadRequest(random: Random): HostileRequest {
  const endpoint = random.of(UPLOADS);
  const boundary = random.chance(0.9) ? 'hx' : value(random).replaceAll(/[^\w]/g, '').slice(0, 90);
  const size = random.chance(0.03) ? TOO_LARGE : 0;
  const parts = (endpoint.uploads ?? []).map(({ name: field }) => {
    const filename = random.chance(0.7)
      ? `; filename="${random.chance(0.2) ? value(random).replaceAll(/["\r\n]/g, '') : 'f'}"`
      : '';
    return `--${boundary}\r\nContent-Disposition: form-data; name="${field}"${filename}\r\n\r\n${value(random)}${'x'.repeat(size)}\r\n`;
  });
  const whole = Buffer.from(`${parts.join('').repeat(random.chance(0.05) ? 30 : 1)}--${boundary}--\r\n`);
  const body = random.chance(0.3) && size === 0 ? mangledBytes(random, whole) : whole;
  return {
    method: endpoint.method,
    path: pathOf(random, endpoint.path),
    headers: { 'content-type': `multipart/form-data; boundary=${random.chance(0.95) ? boundary : 'other'}` },
    body,
  };
}

const QUERIES: readonly string[] = [
  'query q($name: String) { saaras_db_service(where: {service_name: {_eq: $name}}) { service_name routes { route_name } } }',
  'query q($n: Int) { saaras_db_upstream(limit: $n, order_by: {upstream_id: desc}) { upstream_name upstream_weight } }',
  'query q { saaras_db_route_aggregate { aggregate { count max { route_id } } } }',
  'query q { __schema { types { name fields { name args { name } } } } }',
  'subscription s { saaras_db_proxy { proxy_name } }',
  `mutation m($name: String!) { insert_saaras_db_service(objects: {service_name: $name, fqdn: "hx.test"}) { affected_rows } }`,
  `mutation m($name: String!, $n: Int) { insert_saaras_db_upstream(objects: {upstream_name: $name, upstream_port: $n}) { affected_rows } }`,
];
/** Changes of what is there: only their variables are mangled, so that they never reach further than they say. */
const CHANGES: readonly string[] = [
  'mutation m($name: String!) { delete_saaras_db_service(where: {service_name: {_eq: $name}}) { affected_rows } }',
  'mutation m($name: String!, $n: Int) { update_saaras_db_upstream(where: {upstream_name: {_eq: $name}}, _set: {upstream_port: $n}) { affected_rows } }',
];

/** A GraphQL request whose document, variables, form or depth are not what they should be. */
export function graphqlRequest(random: Random): HostileRequest {
  const isChange = random.chance(0.2);
  let query = random.of(isChange ? CHANGES : QUERIES);
  if (!isChange && random.chance(0.6)) query = mangled(random, query);
  if (!isChange && random.chance(0.03)) query = deep(random);
  const variables = {
    name: random.chance(0.7) ? name(random) : wild(random),
    n: random.chance(0.5) ? random.below(100) : wild(random),
  };
  const request: unknown = random.of([
    { query, variables },
    { query, variables, operationName: value(random) },
    [{ query, variables }],
    { query },
  ]);
  const text = random.chance(0.1) ? value(random) : JSON.stringify(request);
  const body = encoded(random, Buffer.from(!isChange && random.chance(0.1) ? mangled(random, text) : text));
  const path = random.chance(0.85)
    ? '/v1/graphql'
    : random.of(['/v1alpha1/graphql', '/v1/metadata', '/v1/graphql/explain', '/v2/query']);
  return {
    method: random.chance(0.95) ? 'POST' : 'GET',
    path,
    headers: { 'content-type': random.of(['application/json', 'text/plain', 'application/graphql']) },
    body,
  };
}

function deep(random: Random): string {
  const depth = 1 + random.below(3_000);
  return random.of([
    `{ saaras_db_service ${'{ routes { service '.repeat(depth)}{ service_name }${' } }'.repeat(depth)} }`,
    `{ saaras_db_service(where: ${'{_not: '.repeat(depth)}{}${'}'.repeat(depth)}) { service_name } }`,
    `{ ${Array.from({ length: depth }, (_, index) => `a${index}: saaras_db_proxy { proxy_name }`).join(' ')} }`,
    '{'.repeat(depth),
  ]);
}

function wild(random: Random): unknown {
  return random.of<unknown>([
    null,
    true,
    1e308,
    -0.5,
    [],
    {},
    [[]],
    { _eq: 'hx-1' },
    value(random),
    [value(random)],
    { __proto__: null },
  ]);
}

/** The bytes as they are, or in an encoding that nobody announced. */
function encoded(random: Random, body: Buffer): Buffer {
  const dice = random.next();
  if (dice < 0.9) return body;
  if (dice < 0.93) return Buffer.from(body.toString(), 'utf16le');
  if (dice < 0.95) return gzipSync(body);
  return mangledBytes(random, body);
}

function pathOf(random: Random, template: string): string {
  const path = template.replaceAll(/:\w+/g, () =>
    random.chance(0.9) ? encodeURIComponent(name(random)).slice(0, 4_000) : random.of(['%zz', '%', '%00', '%c0%af', '.', '..']),
  );
  return random.chance(0.1)
    ? `${path}?limit=${encodeURIComponent(value(random).slice(0, 500))}&after=${random.below(10) - 5}`
    : path;
}

const RAW: readonly string[] = [
  'GET / HTTP/9.9\r\n\r\n',
  'POST /service HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /service HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
  'POST /service HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nservice_name=',
  'POST /service HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET /v1/graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n',
  'GET /v1/graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(30_000)}\r\n\r\n`,
  `GET /${'a'.repeat(60_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
];

/** What no HTTP client would send; nothing of it is a whole request that stores something. */
export function rawBytes(random: Random): Buffer {
  const text = random.of(RAW);
  return random.chance(0.5) ? Buffer.from(text) : mangledBytes(random, Buffer.from(text));
}
