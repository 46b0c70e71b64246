import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestError } from '../../../src/graphql/errors';
import { createSocketServer } from '../../../src/graphql/socket';
import { RawSocket } from './raw-socket';

// How a connection tells a slow client from one that is gone, with a few seconds in place of the minute.

const GONE_MS = 2_500;
const BODY = JSON.stringify({ data: 'x'.repeat(60e6) });

let server: Server;
let url: string;
beforeAll(async () => {
  const sockets = createSocketServer({
    operate: (_request, _role, sink) => {
      sink.data(BODY);
      return { resume: () => undefined, stop: () => undefined };
    },
    failure: (error) => error as RequestError,
    adminSecret: undefined,
    maxMessageBytes: 1000,
    goneMs: GONE_MS,
  });
  server = createServer().listen(0, '127.0.0.1');
  server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head));
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function ask(): Promise<RawSocket> {
  const raw = await RawSocket.connect(url, 'graphql-transport-ws');
  raw.send({ type: 'subscribe', id: 'a', payload: { query: '{ any }' } });
  return raw;
}

test('one that takes a little now and then is served to the end', async () => {
  const raw = await ask();
  const started = Date.now();
  let isOver = false;
  void raw.take(({ type }) => type === 'next', 60_000).then(() => (isOver = true));
  while (!isOver && Date.now() - started < 2 * GONE_MS) {
    raw.socket.resume();
    await sleep(2);
    raw.socket.pause();
    await sleep(150);
  }
  raw.socket.resume();
  while (!isOver) await sleep(20);
  expect(raw.socket.readyState).toBe(raw.socket.OPEN);
  raw.close();
});

test('one that takes nothing is let go', async () => {
  const raw = await ask();
  raw.socket.pause();
  await sleep(2 * GONE_MS);
  raw.socket.resume();
  expect(await raw.closed).toMatchObject({ code: 1006 });
});
