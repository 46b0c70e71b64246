import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { echoClient, startEchoServer } from './grpc-echo';
import type { EchoClient, EchoServer } from './grpc-echo';
import { startHttpServer } from './http-echo';
import { freePorts } from './ports';

describe('the gRPC echo server', () => {
  let server: EchoServer;
  let client: EchoClient;
  beforeEach(async () => {
    server = await startEchoServer({ name: 'one' });
    client = echoClient(`127.0.0.1:${server.port}`);
  });
  afterEach(() => {
    client.close();
    server.kill();
  });

  test('answers with its name and what it was sent, and counts', async () => {
    const { reply, metadata } = await client.say('hello', { metadata: { 'x-seen': 'yes' } });
    expect(reply).toEqual({ text: 'hello', server: 'one' });
    expect(metadata.get('echo-x-seen')).toEqual(['yes']);
    await expect(client.stream({ text: 'again', count: 3 })).resolves.toEqual(Array(3).fill({ text: 'again', server: 'one' }));
    const chat = client.chat();
    chat.write({ text: 'a' });
    expect((await once(chat, 'data'))[0]).toEqual({ text: 'a', server: 'one' });
    chat.write({ text: 'b' });
    expect((await once(chat, 'data'))[0]).toEqual({ text: 'b', server: 'one' });
    chat.end();
    chat.resume();
    await once(chat, 'end');
    expect(server.calls()).toBe(3);
  });

  test('a deadline and a dead server are errors with their status', async () => {
    await expect(client.say({ text: 'late', delayMs: 5_000 }, { deadlineMs: 50 })).rejects.toMatchObject({
      code: status.DEADLINE_EXCEEDED,
    });
    server.kill();
    await expect(client.say('hello', { deadlineMs: 20_000 })).rejects.toMatchObject({ code: status.UNAVAILABLE });
  });

  test('speaks no HTTP/1', async () => {
    const request = http.get({ host: '127.0.0.1', port: server.port, agent: false });
    await expect(once(request, 'response')).rejects.toThrow();
  });
});

test('the HTTP echo server answers with what it got, or as it was told, and counts', async () => {
  const echo = await startHttpServer({ name: 'plain' });
  const answer = await fetch(`http://127.0.0.1:${echo.port}/path?q=1`, {
    method: 'POST',
    body: 'text',
    headers: { 'x-seen': 'yes' },
  });
  expect(await answer.json()).toMatchObject({
    server: 'plain',
    method: 'POST',
    path: '/path?q=1',
    body: 'text',
    headers: { 'x-seen': 'yes' },
  });
  expect(echo.calls()).toBe(1);
  echo.kill();
  const told = await startHttpServer({ name: 'told', handler: (_request, response) => response.writeHead(418).end() });
  expect((await fetch(`http://127.0.0.1:${told.port}/`)).status).toBe(418);
  await told.stop();
  await expect(fetch(`http://127.0.0.1:${told.port}/`)).rejects.toThrow();
});

test('free ports are different and can be listened on', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  const server = net.createServer().listen(ports[0]);
  await once(server, 'listening');
  server.close();
});
