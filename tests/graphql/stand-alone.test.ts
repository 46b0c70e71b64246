import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Fixture } from './database';
import { libraryFixture } from './database';
import { post } from './served';

const ROOT = path.join(__dirname, '../..');

let library: Fixture;
let running: ChildProcess | undefined;
beforeAll(async () => {
  library = await libraryFixture();
});
afterEach(async () => {
  if (!running || running.exitCode !== null) return;
  running.kill('SIGKILL');
  await once(running, 'exit');
});
afterAll(() => library.drop());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** GraphQL in a process of its own, and what it has printed. */
function start(environment: Record<string, string>): { child: ChildProcess; output: () => string } {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/graphql-main.ts'], {
    cwd: ROOT,
    env: { PATH, HOME, ...environment },
  });
  running = child;
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

test('serves a database with its metadata, without the gateway, until it is told to stop', async () => {
  const port = String(await freePort());
  const { child, output } = start({
    DATABASE_URL: library.url,
    GRAPHQL_SCHEMAS: 'library',
    GRAPHQL_METADATA: path.join(__dirname, 'library-metadata.json'),
    GRAPHQL_CORS: 'https://app.example',
    ADMIN_PORT: port,
    ADMIN_SECRET: 's3cret',
  });
  while (!output().includes('/v1/graphql') && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  const url = `http://127.0.0.1:${port}`;
  const query = { query: '{ bookById(id: 2) { title genre } }' };
  const answer = { data: { bookById: { title: 'ulysses', genre: 'novel' } } };
  const secret = { 'x-hasura-admin-secret': 's3cret' };
  expect(await post(`${url}/v1/graphql`, query, secret)).toMatchObject({ status: 200, json: answer });
  expect(await post(`${url}/v1/graphql`, query, { ...secret, Origin: 'https://app.example' })).toMatchObject({ json: answer });
  expect(
    (await fetch(`${url}/v1/graphql`, { method: 'POST', headers: { ...secret, Origin: 'https://other.example' } })).status,
  ).toBe(403);
  expect(await post(`${url}/v1/graphql`, query)).toMatchObject({ json: { errors: [{ extensions: { code: 'access-denied' } }] } });
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('OK');
  expect((await fetch(`${url}/proxy`, { headers: secret })).status).toBe(404);
  const tables = await library.pool.query(
    `SELECT nspname FROM pg_namespace WHERE nspname IN ('saaras_db', 'gateway', 'gateway_private')`,
  );
  expect(tables.rows).toEqual([]);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each<[string, () => Record<string, string>, RegExp]>([
  ['no database', () => ({}), /^graphql: DATABASE_URL must be set/],
  [
    'metadata that is missing',
    () => ({ DATABASE_URL: library.url, GRAPHQL_METADATA: '/nowhere.json' }),
    /^graphql: GRAPHQL_METADATA \/nowhere\.json: ENOENT/,
  ],
  [
    'origins that are none',
    () => ({ DATABASE_URL: library.url, GRAPHQL_CORS: 'example.com' }),
    /^graphql: GRAPHQL_CORS must be \* or origins/,
  ],
])('with %s it says what is wrong on a line, and ends', async (_, environment, message) => {
  const { child, output } = start({ ...environment(), ADMIN_PORT: String(await freePort()) });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(output()).toMatch(message);
  expect(output().trim().split('\n')).toHaveLength(1);
});
