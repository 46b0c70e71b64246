import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminServer } from '../../src/admin';
import { startAdmin } from '../../src/admin';
import { createLogger } from '../../src/log';
import { ask } from '../support/http-client';
import { eventually } from '../support/eventually';

const LARGE = 64 * 1024 * 1024;
const patience = { headersMs: 300, requestMs: 1_000, stalledMs: 500, checkMs: 50, connections: 50 };

let server: AdminServer;
let closed = 0;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await startAdmin({
    settings: {
      admin: { host: '127.0.0.1', port: 0, secret: undefined, maxBodyBytes: 1000 },
      graphql: { allowedOrigins: undefined },
    },
    graphql: { handle: () => false, handleUpgrade: () => false, stop: () => Promise.resolve() },
    rest: (request, response) => {
      if (request.url === '/large') {
        response.once('close', () => (closed += 1));
        response.end(Buffer.alloc(LARGE));
      } else if (request.url === '/late') void sleep(1_500).then(() => response.end('late'));
      else {
        request.resume();
        request.once('end', () => response.end('read'));
      }
    },
    patience,
    log: createLogger('fatal'),
  });
});
afterAll(() => server.stop());
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function open(): Promise<{ socket: Socket; said: () => string; closedAfter: Promise<number> }> {
  const socket = connect(server.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const started = performance.now();
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
  return { socket, said: () => said, closedAfter: once(socket, 'close').then(() => performance.now() - started) };
}

/** A byte now and then, for as long as the connection is there. */
async function trickle(socket: Socket, text: string): Promise<void> {
  for (const byte of text) {
    if (socket.destroyed) return;
    socket.write(byte);
    await sleep(50);
  }
}

test.each([
  ['nothing', ''],
  ['a byte now and then', 'GET /proxy HTTP/1.1\r\nHost: localhost\r\nX-Slow: '.padEnd(400, 'x')],
])('a client that sends %s of its headers is cut off', async (_, text) => {
  const { socket, said, closedAfter } = await open();
  void trickle(socket, text);
  expect(await closedAfter).toBeLessThan(10 * patience.headersMs);
  expect(said()).toMatch(/^(HTTP\/1\.1 408 |$)/);
});

test('a client that sends its body byte by byte is cut off', async () => {
  const { socket, said, closedAfter } = await open();
  socket.write('POST /proxy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n');
  void trickle(socket, 'x'.repeat(900));
  expect(await closedAfter).toBeLessThan(10 * patience.requestMs);
  expect(said()).not.toContain('read');
});

test('a client that takes nothing of its answer is cut off, and one that waits long for it is not', async () => {
  const { socket, said, closedAfter } = await open();
  socket.pause();
  socket.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => expect(closed).toBe(1));
  socket.resume();
  await closedAfter;
  expect(said().length).toBeLessThan(LARGE);
  const headers = { host: 'localhost' };
  expect((await ask({ port: server.port, path: '/late', headers })).body).toBe('late');
  expect((await ask({ port: server.port, path: '/large', headers })).body.length).toBe(LARGE);
});

test('no more clients are let in than there may be, and those that are let in are served', async () => {
  const one = await open();
  await Promise.all(Array.from({ length: patience.connections + 20 }, () => open()));
  one.socket.write('GET /proxy HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => expect(one.said()).toContain('read'));
  const refused = ask({ port: server.port, headers: { host: 'localhost' } });
  await expect(refused).rejects.toThrow();
  for (const socket of sockets.splice(0)) socket.destroy();
  await eventually(async () => expect((await ask({ port: server.port, headers: { host: 'localhost' } })).status).toBe(200));
});
