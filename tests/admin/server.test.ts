import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AdminOptions, AdminServer } from '../../src/admin';
import { startAdmin } from '../../src/admin';
import { StartError } from '../../src/errors';
import { createLogger } from '../../src/log';
import { ask } from '../support/http-client';

let server: AdminServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function start(options: Partial<AdminOptions> = {}, secret?: string): Promise<number> {
  server = await startAdmin({
    settings: { admin: { host: '127.0.0.1', port: 0, secret, maxBodyBytes: 1000 }, graphql: { allowedOrigins: undefined } },
    graphql: {
      handle: (request, response) => {
        if (request.url !== '/v1/graphql') return false;
        response.end('{"data":{}}');
        return true;
      },
      handleUpgrade: () => false,
      stop: () => Promise.resolve(),
    },
    rest: (_request, response) => void response.end('rest'),
    health: () => Promise.resolve({ database: true }),
    bootstrap: (proxyName) => ({ node: { cluster: proxyName } }),
    log: createLogger('fatal'),
    ...options,
  });
  return server.port;
}

const local = (port: number) => ({ host: `localhost:${port}` });

test('each path goes to its room', async () => {
  const port = await start();
  const body = async (path: string) => (await ask({ port, path, headers: local(port) })).body;
  expect(await body('/v1/graphql')).toBe('{"data":{}}');
  expect(await body('/proxy')).toBe('rest');
  expect(JSON.parse(await body('/healthz'))).toEqual({ status: 'ok', database: true });
  expect(JSON.parse(await body('/envoy/bootstrap/edge%20one'))).toEqual({ node: { cluster: 'edge one' } });
  expect(JSON.parse(await body('/envoy/bootstrap/%zz'))).toMatchObject({ code: 'invalid_input' });
});

test('requests are counted by the path template, never by names', async () => {
  const port = await start();
  for (const path of ['/proxy/gw', '/proxy/other', '/nowhere', '/v1/graphql']) await ask({ port, path, headers: local(port) });
  const { body, headers } = await ask({ port, path: '/metrics', headers: local(port) });
  expect(headers['content-type']).toMatch(/^text\/plain/);
  expect(body).toContain('enroute_http_requests_total{method="GET",route="/proxy/:proxy_name",status="200"} 2');
  expect(body).toContain('enroute_http_requests_total{method="GET",route="other",status="200"} 1');
  expect(body).toContain('enroute_http_request_duration_seconds_bucket');
  expect(body).toContain('process_cpu_user_seconds_total');
  expect(body).not.toContain('/proxy/gw');
});

test('with a secret, REST and metrics ask for it, and what tells nothing does not', async () => {
  const port = await start({}, 's3cret');
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await ask({ port, path, headers: { ...local(port), ...headers } })).status;
  const refused = await ask({ port, path: '/proxy', headers: local(port) });
  expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  expect(JSON.parse(refused.body)).toMatchObject({ code: 'unauthorized' });
  expect(await status('/metrics')).toBe(401);
  expect(await status('/proxy', { authorization: 'Bearer s3cret' })).toBe(200);
  expect(await status('/metrics', { 'x-hasura-admin-secret': 's3cret' })).toBe(200);
  for (const path of ['/health', '/healthz', '/v1/graphql']) expect(await status(path)).toBe(200);
});

test.each([
  [true, 200],
  [false, 503],
])('readiness (%j) is told to those who send no secret, with status %i', async (ready, status) => {
  const port = await start({ readiness: () => Promise.resolve({ ready }) }, 's3cret');
  const answer = await ask({ port, path: '/readyz', headers: local(port) });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { ready }]);
});

test('pages of other origins are refused everywhere', async () => {
  const port = await start();
  for (const path of ['/proxy', '/v1/graphql', '/healthz', '/metrics']) {
    const answer = await ask({ port, path, method: 'POST', headers: { ...local(port), origin: 'https://evil.example' } });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'forbidden_origin' });
  }
  expect((await ask({ port, path: '/proxy', headers: { host: 'evil.example' } })).status).toBe(403);
});

test('pages that GRAPHQL_CORS names may use GraphQL, and nothing else', async () => {
  const graphql = { allowedOrigins: ['https://app.example'] };
  const port = await start({
    settings: { admin: { host: '127.0.0.1', port: 0, secret: undefined, maxBodyBytes: 1000 }, graphql },
  });
  const page = { ...local(port), origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
  const status = async (path: string, headers: Record<string, string>) =>
    (await ask({ port, path, method: 'POST', headers })).status;
  expect(await status('/v1/graphql', page)).toBe(200);
  expect(await status('/proxy/gw', page)).toBe(403);
  expect(await status('/metrics', page)).toBe(403);
  expect(await status('/v1/graphql', { ...page, origin: 'https://evil.example' })).toBe(403);
  expect(await status('/v1/graphql', { ...page, host: 'evil.example' })).toBe(403);
});

test('a fault in a room is a 500 in JSON', async () => {
  const port = await start({ health: () => Promise.reject(new Error('boom')) });
  const answer = await ask({ port, path: '/healthz', headers: local(port) });
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'internal' });
});

test.each<[string, string, Record<string, string>, number]>([
  ['GraphQL takes it over', '/v1/graphql', {}, 101],
  ['nobody takes it over', '/proxy', {}, 404],
  ['it is a page of another origin', '/v1/graphql', { origin: 'https://evil.example' }, 403],
  ['the name is not one of this machine', '/v1/graphql', { host: 'evil.example' }, 403],
])('a websocket, when %s', async (_, path, headers, status) => {
  const port = await start({
    graphql: {
      handle: () => false,
      handleUpgrade: (request, socket) => {
        if (request.url !== '/v1/graphql') return false;
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        return true;
      },
      stop: () => Promise.resolve(),
    },
  });
  const socket = connect(port, '127.0.0.1');
  const sent = { host: `localhost:${port}`, connection: 'Upgrade', upgrade: 'websocket', ...headers };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  socket.destroy();
});

test('clients that break off a refused websocket stop nothing', async () => {
  const port = await start();
  for (let count = 0; count < 50; count += 1) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`GET /nope HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
  }
  expect((await ask({ port, path: '/healthz', headers: local(port) })).status).toBe(200);
});

test.each(['h2c', 'HTTP/3.0'])('a request that offers %s is answered as it stands, its body too', async (offer) => {
  const port = await start({
    rest: (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.end(`${request.method} ${body} ${request.headers['x-own']} ${request.headers.upgrade}`));
    },
  });
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const head = [
    'POST /service HTTP/1.1',
    `Host: localhost:${port}`,
    'Connection: Upgrade, HTTP2-Settings',
    `Upgrade: ${offer}`,
    'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    'X-Own: kept',
    'Content-Length: 10',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\nfirst`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.write(' half');
  while (!answer.includes('undefined')) await once(socket, 'data');
  expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
  expect(answer).toContain('POST first half kept undefined');
  // And the connection goes on.
  socket.write(`GET /healthz HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  while (!answer.includes('"database":true')) await once(socket, 'data');
  socket.destroy();
});

test('a websocket that is asked for while the server stops is refused, and not waited for', async () => {
  const port = await start({ rest: () => undefined });
  const early = connect(port, '127.0.0.1');
  await once(early, 'connect');
  const pending = connect(port, '127.0.0.1');
  await once(pending, 'connect');
  pending.write(`GET /service HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = server?.stop();
  early.write(`GET /v1/graphql HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  const [answer] = (await once(early, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 503 /);
  pending.destroy();
  const started = Date.now();
  await stopped;
  expect(Date.now() - started).toBeLessThan(5_000);
  server = undefined;
});

test('a port in use is one line that names the setting', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const starting = startAdmin({
    settings: {
      admin: { host: '127.0.0.1', port, secret: undefined, maxBodyBytes: 1000 },
      graphql: { allowedOrigins: undefined },
    },
    graphql: { handle: () => false, handleUpgrade: () => false, stop: () => Promise.resolve() },
    rest: (_request, response) => void response.end(),
    health: () => Promise.resolve({ database: true }),
    bootstrap: (proxyName) => ({ node: { cluster: proxyName } }),
    log: createLogger('fatal'),
  });
  const refused: unknown = await starting.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StartError);
  expect((refused as StartError).message).toBe(
    `ADMIN_PORT ${port} is in use on 127.0.0.1: stop the program that listens there, or set ADMIN_PORT to another port`,
  );
  other.close();
});

test('a stop lets a request under way end and closes idle connections', async () => {
  let finish = () => {};
  const arrived = new Promise<void>((resolve) => {
    void start({
      rest: (_request, response) => {
        finish = () => void response.end('done');
        resolve();
      },
    });
  });
  while (!server) await new Promise((resolve) => setTimeout(resolve, 5));
  const { port } = server;
  const idle = connect(port, '127.0.0.1');
  await once(idle, 'connect');
  idle.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await once(idle, 'data');
  const busy = ask({ port, path: '/slow', headers: local(port) });
  await arrived;
  const closed = once(idle, 'close');
  const stopped = server.stop();
  await closed;
  finish();
  expect((await busy).body).toBe('done');
  await stopped;
  await expect(ask({ port, headers: local(port) })).rejects.toThrow(/ECONNREFUSED/);
  server = undefined;
});

test('browsers are told what to make of an answer, and no other origin is let in', async () => {
  const port = await start({}, 's3cret');
  for (const [path, status] of [
    ['/proxy', 200],
    ['/nowhere', 200],
    ['/healthz', 200],
    ['/v1/graphql', 200],
    ['/graphiql', 401],
  ] as const) {
    const headers = path === '/graphiql' ? local(port) : { ...local(port), authorization: 'Bearer s3cret' };
    const answer = await ask({ port, path, headers });
    expect([path, answer.status]).toEqual([path, status]);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/) as string,
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  }
});
