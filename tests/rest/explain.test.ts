import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { startAdmin } from '../../src/admin';
import { GatewayError } from '../../src/errors';
import { createLogger } from '../../src/log';
import { createRest } from '../../src/rest';
import type { RestOptions } from '../../src/rest';
import { ask } from '../support/http-client';
import { Recorder, refusal } from './caller';

const log = createLogger('fatal');

function rest(explain?: RestOptions['explain']): ReturnType<typeof createRest> {
  return createRest({ graphql: new Recorder(), maxBodyBytes: 1000, explain, log });
}

async function served<T>(explain: RestOptions['explain'], use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer(rest(explain));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const result = await use((server.address() as AddressInfo).port);
  await once(server.close(), 'close');
  return result;
}

test('its parameters are read from the query, in any case, decoded and in order', async () => {
  const explain = (values: ReadonlyMap<string, readonly string[]>) => Object.fromEntries(values);
  await served(explain, async (port) => {
    const query = 'HOST=a.test%3A80&header=x:+1&path=%2Fa%2520b&header=y%3A%202&header=x:+1';
    const answer = await ask({ port, path: `/explain?${query}` });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=UTF-8']);
    expect(JSON.parse(answer.body)).toEqual({ host: ['a.test:80'], header: ['x: 1', 'y: 2', 'x: 1'], path: ['/a%20b'] });
    expect(await ask({ port, path: '/explain?host=a', method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});

test.each([
  ['', 'Please provide host'],
  ['?host=', 'Please provide host'],
  ['?host=a&headers=x', 'there is no parameter "headers": use host, proxy, scheme, method, path, header'],
  ['?host=a&Host=b', 'host may be given once, but is given again'],
])('%j is refused', async (query, error) => {
  const answer = await served(
    () => ({}),
    (port) => ask({ port, path: `/explain${query}` }),
  );
  expect(refusal(answer)).toEqual({ status: 400, code: 'invalid_input', error });
});

test('what the answering room refuses is an error like any other, and what it fails at is a fault', async () => {
  const unknown = await served(
    () => {
      throw new GatewayError('object_not_found', 'proxy x does not exist');
    },
    (port) => ask({ port, path: '/explain?host=a' }),
  );
  expect(refusal(unknown)).toEqual({ status: 404, code: 'object_not_found', error: 'proxy x does not exist' });
  const fault = await served(
    () => {
      throw new Error('inner');
    },
    (port) => ask({ port, path: '/explain?host=a' }),
  );
  expect(refusal(fault)).toMatchObject({ status: 500, code: 'internal' });
  expect(fault.body).not.toContain('inner');
});

test('other methods are refused, and without a room to answer there is no such path', async () => {
  await served(
    () => ({}),
    async (port) => {
      const answer = await ask({ port, path: '/explain?host=a', method: 'POST' });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'OPTIONS, GET, HEAD']);
    },
  );
  expect(refusal(await served(undefined, (port) => ask({ port, path: '/explain?host=a' })))).toMatchObject({
    status: 404,
    code: 'not_found',
  });
});

test('it is documented', async () => {
  const { document, page } = await served(undefined, async (port) => ({
    document: (await ask({ port, path: '/swagger/doc.json' })).body,
    page: (await ask({ port, path: '/swagger/index.html' })).body,
  }));
  const { paths, components } = JSON.parse(document) as {
    paths: Record<string, { get: { parameters: object[] } }>;
    components: { schemas: object };
  };
  const text = { type: 'string' };
  const { parameters } = paths['/explain']!.get;
  expect(parameters).toHaveLength(6);
  expect(parameters).toContainEqual(expect.objectContaining({ name: 'host', in: 'query', required: true, schema: text }));
  expect(parameters).toContainEqual(
    expect.objectContaining({ name: 'header', in: 'query', required: false, schema: { type: 'array', items: text } }),
  );
  expect(components.schemas).toHaveProperty('Explanation');
  expect(page).toContain('<code>/explain</code>');
});

test('the admin port guards it with the secret, and counts it under its path', async () => {
  const server = await startAdmin({
    settings: {
      admin: { host: '127.0.0.1', port: 0, secret: 's3cret', maxBodyBytes: 1000 },
      graphql: { allowedOrigins: undefined },
    },
    graphql: { handle: () => false, handleUpgrade: () => false, stop: () => Promise.resolve() },
    rest: rest(() => ({})),
    log,
  });
  const { port } = server;
  const bearer = { authorization: 'Bearer s3cret' };
  const status = async (headers: Record<string, string>) =>
    (await ask({ port, path: '/explain?host=a', headers: { host: 'localhost', ...headers } })).status;
  expect(await status({})).toBe(401);
  expect(await status(bearer)).toBe(200);
  expect(await status({ ...bearer, origin: 'https://evil.example' })).toBe(403);
  const { body } = await ask({ port, path: '/metrics', headers: { host: 'localhost', ...bearer } });
  expect(body).toContain('enroute_http_requests_total{method="GET",route="/explain",status="200"} 1');
  await server.stop();
});
