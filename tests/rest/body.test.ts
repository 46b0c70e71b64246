import { connect } from 'node:net';
import type { Caller } from './caller';
import { multipart, Recorder, refusal, startRest } from './caller';

const LIMIT = 4096;
let recorder: Recorder;
let rest: Caller;

beforeEach(async () => {
  recorder = new Recorder();
  rest = await startRest(recorder, LIMIT);
});

afterEach(() => rest.stop());

const URLENCODED = 'application/x-www-form-urlencoded';
const created = (service_name: string, fqdn: string) => ({ service_name, fqdn });

test.each([
  [URLENCODED, 'Service_Name=demo&fqdn=enroute.local'],
  [URLENCODED, 'SERVICE_NAME=demo&Fqdn=enroute.local&unknown=1'],
  [`${URLENCODED}; charset=UTF-8`, 'service_name=demo&fqdn=enroute.local'],
  [URLENCODED, 'Service_Name=other&service_name=demo&fqdn=enroute.local&fqdn=second.local'],
  ['application/json', '{"Service_Name":"demo","Fqdn":"enroute.local","unknown":{"a":1},"service_config":null}'],
  ['application/json; charset=utf-8', '{"SERVICE_NAME":"other","service_name":"demo","fqdn":"enroute.local"}\n'],
  ['multipart/form-data; boundary=B', fields({ Service_Name: 'demo', fqdn: 'enroute.local' })],
])('fields are read from %s in any case: %s', async (type, body) => {
  expect((await rest.send('POST', '/service', type, body)).status).toBe(201);
  expect(recorder.variables).toEqual(created('demo', 'enroute.local'));
});

test('in a form a semicolon is data and a plus is a blank', async () => {
  await rest.send(
    'POST',
    '/filter',
    URLENCODED,
    'filter_name=f&filter_type=http_filter_lua&filter_config=local+a+=+1;+local+b+=+2;',
  );
  expect(recorder.variables).toMatchObject({ filter_config: 'local a = 1; local b = 2;' });
});

test('the query string is merged behind a form and ignored for JSON and for no body', async () => {
  await rest.send('POST', '/service?fqdn=query.local&service_name=query', URLENCODED, 'Service_Name=demo');
  expect(recorder.variables).toEqual(created('demo', 'query.local'));
  expect((await rest.send('POST', '/service?fqdn=query.local', 'application/json', '{"Service_Name":"demo"}')).status).toBe(400);
  expect((await rest.send('POST', '/service?fqdn=query.local&service_name=query', URLENCODED, '')).status).toBe(400);
});

test('numbers and booleans in JSON are taken as they are written', async () => {
  await rest.json('POST', '/upstream', {
    Upstream_name: 'u',
    Upstream_ip: 'host',
    Upstream_port: 50051,
    Upstream_weight: 0,
    upstream_hc_host: true,
  });
  expect(recorder.variables).toEqual({
    upstream: {
      upstream_name: 'u',
      upstream_ip: 'host',
      upstream_port: 50051,
      upstream_weight: 0,
      upstream_hc_path: '',
      upstream_hc_host: 'true',
    },
  });
});

test('a file is no field, and an empty body is an empty form whatever its type', async () => {
  expect(refusal(await rest.upload('/service', { service_name: 'demo', fqdn: 'enroute.local' }))).toMatchObject({
    status: 400,
    error: 'Please provide service name using Service_name field',
  });
  expect((await rest.send('POST', '/service', 'text/plain', '')).status).toBe(400);
});

test.each([
  ['text/plain', 'service_name=demo', 415, 'unsupported_media_type'],
  [undefined, 'service_name=demo', 415, 'unsupported_media_type'],
  ['application/xml', '<a><service_name>demo</service_name></a>', 415, 'unsupported_media_type'],
  [URLENCODED, 'service_name=%zz', 400, 'malformed_body'],
  [URLENCODED, 'service_name=%ff&fqdn=a', 400, 'malformed_body'],
  [URLENCODED, Buffer.from([0x61, 0x3d, 0xff]), 400, 'malformed_body'],
  [URLENCODED, 'service_name=a%00b&fqdn=a', 400, 'invalid_input'],
  ['application/json', '{"service_name": demo}', 400, 'malformed_body'],
  ['application/json', '{"service_name": "demo"', 400, 'malformed_body'],
  ['application/json', ' ', 400, 'malformed_body'],
  ['application/json', '["service_name"]', 400, 'malformed_body'],
  ['application/json', '{"service_name":"a","fqdn":["b"]}', 400, 'invalid_input'],
  ['application/json', '{"service_name":"\\ud800","fqdn":"b"}', 400, 'invalid_input'],
  ['application/json', '{"service_name":"\\u0000","fqdn":"b"}', 400, 'invalid_input'],
  [
    'multipart/form-data; boundary=B',
    '--B\r\nContent-Disposition: form-data; name="service_name"\r\n\r\ndemo',
    400,
    'malformed_body',
  ],
  ['multipart/form-data', multipart({}), 400, 'malformed_body'],
  [
    'multipart/form-data; boundary=B',
    Buffer.concat([Buffer.from(fields({ a: 'b' })), Buffer.from([0xff])]),
    400,
    'malformed_body',
  ],
])('a body of type %s that is %j is refused with %d %s', async (type, body, status, code) => {
  expect(refusal(await rest.send('POST', '/service', type, body))).toMatchObject({ status, code });
  expect(recorder.requests).toEqual([]);
});

test('what is wrong in JSON is said with its line and column', async () => {
  const { error } = refusal(await rest.send('POST', '/service', 'application/json', '{\n  "fqdn": x\n}'));
  expect(error).toMatch(/line 2, column 11/);
});

test('an upload may be a file in any case or a field', async () => {
  await rest.upload('/globalconfig/gc/config', { CONFIG: '{"domain":"d"}' });
  expect(recorder.variables).toEqual({ globalconfig_name: 'gc', config: '{"domain":"d"}', config_json: { domain: 'd' } });
  await rest.send('POST', '/globalconfig/gc/config', 'multipart/form-data; boundary=B', fields({ config: '{"domain":"e"}' }));
  expect(recorder.variables).toMatchObject({ config: '{"domain":"e"}' });
  expect(refusal(await rest.upload('/globalconfig/gc/config', { Other: '{}' }))).toMatchObject({
    status: 400,
    error: 'Config empty',
  });
});

test('a body or a file over the limit is refused, nothing is stored, and the connection goes on', async () => {
  const largest = `{"domain":"d"}${' '.repeat(LIMIT - 14)}`;
  expect((await rest.upload('/globalconfig/gc/config', { Config: largest })).status).toBe(200);
  const stored = recorder.requests.length;
  expect(refusal(await rest.upload('/globalconfig/gc/config', { Config: `${largest} ` }))).toMatchObject({
    status: 413,
    code: 'body_too_large',
  });
  expect(refusal(await rest.upload('/globalconfig/gc/config', { Config: largest.repeat(200) }))).toMatchObject({ status: 413 });
  expect(refusal(await rest.form('POST', '/service', { service_name: 'a'.repeat(LIMIT) }))).toMatchObject({ status: 413 });
  expect(refusal(await rest.form('POST', '/proxy/gw/service/demo', { a: 'a'.repeat(LIMIT) }))).toMatchObject({ status: 413 });
  expect(recorder.requests.length).toBe(stored);
});

test('a chunked body is read, bounded, and its connection serves the next request', async () => {
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  const head = `POST /proxy HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${URLENCODED}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const tooLarge = `${head}${chunk('name=')}${chunk('a'.repeat(LIMIT)).repeat(20)}0\r\n\r\n`;
  const answers = await raw(rest.port, `${tooLarge}${head}${chunk('name=')}${chunk('gw')}0\r\n\r\n`, '{"name":"gw"}');
  expect(answers).toMatch(/^HTTP\/1.1 413 .*HTTP\/1.1 201 /s);
});

test('a caller that goes away in the middle of its body leaves no trace', async () => {
  const socket = connect(rest.port, '127.0.0.1');
  await new Promise<void>((resolve) => {
    socket.write(
      `POST /proxy HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${URLENCODED}\r\nContent-Length: 100\r\n\r\nname=gw`,
      () => resolve(),
    );
  });
  socket.destroy();
  expect((await rest.get('/health')).status).toBe(200);
  expect(recorder.requests).toEqual([]);
});

/** A multipart body with boundary `B`, each value a text field. */
function fields(values: Record<string, string>): string {
  return multipart(values).replace(/; filename="[^"]*"\r\nContent-Type: [^\r]*/g, '');
}

/** What comes back for bytes, until it holds `end`. */
function raw(port: number, bytes: string, end: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (data) => {
      received += data.toString();
      if (!received.includes(end)) return;
      socket.destroy();
      resolve(received);
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed after ${received}`)));
    socket.write(bytes);
  });
}
