import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { status as Status } from '@grpc/grpc-js';
import type { Upstream } from '../../../src/gateway';
import { selfSigned } from '../../support/certificates';
import type { TestPair } from '../../support/certificates';
import { eventually } from '../../support/eventually';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import { ask } from '../../support/http-client';
import { startHttpServer } from '../../support/http-echo';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { CHECK, grpcUpstream, proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const SILENT = '/silent.Service/Call';

/** Opens a gRPC call and sends no message, with a `grpc-timeout`: the headers that it is answered with. */
async function silentCall(port: number, timeout: string): Promise<http2.IncomingHttpHeaders> {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': SILENT,
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': timeout,
  });
  const [headers] = (await once(stream.resume(), 'response')) as [http2.IncomingHttpHeaders];
  session.destroy();
  return headers;
}

/** The frame of a gRPC message. */
function frame(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

describe('upstreams of a real Envoy', () => {
  let gateway: GatewayUnderTest;
  let plain: HttpServer;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    plain = await startHttpServer({ name: 'plain' });
  });

  afterAll(async () => {
    await gateway.stop();
    await plain.stop();
  });

  const status = async (host: string): Promise<number> => (await ask({ port: gateway.httpPort, headers: { host } })).status;
  const hosts = (...upstreams: [string, Upstream][]) =>
    proxy(upstreams.map(([host, up], index) => service(index + 1, host, [route(index + 1, '/', [up])])));

  it('are spoken to over TLS, verified when an authority is named', async () => {
    const [pair, other, address] = [selfSigned('up.test'), selfSigned('up.test'), selfSigned('127.0.0.1')];
    const names = new Set<string>();
    const answer: RequestListener = (_, response) => void response.end('secure');
    const byPair = ({ privateKey, certificate }: TestPair) => ({
      ...{ key: privateKey, cert: certificate },
      SNICallback: (name: string, done: (error: Error | null) => void) => {
        names.add(name);
        done(null);
      },
    });
    const secure = https.createServer(byPair(pair), answer);
    const byAddress = https.createServer(byPair(address), answer);
    const http2Secure = http2.createSecureServer(byPair(pair), (_, response) => response.end('h2'));
    const http2Plain = http2.createServer((_, response) => response.end('h2c'));
    const servers = [secure, byAddress, http2Secure, http2Plain];
    const [port, addressPort, h2Port, h2cPort] = (await Promise.all(servers.map(listening))) as [number, number, number, number];
    const https1 = { transport: 'https' } as const;
    const h2 = { transport: 'h2' } as const;
    const verified = (caCertificate: string, subjectName: string) => ({ validation: { caCertificate, subjectName } });
    const [right, authority, subject] = [
      verified(pair.certificate, 'up.test'),
      verified(other.certificate, 'up.test'),
      verified(pair.certificate, 'other.test'),
    ];
    const usable: [string, Upstream][] = [
      ['https.test', upstream(1, port, { ...https1, healthCheck: CHECK })],
      ['https-name.test', upstream(2, port, { ...https1, address: 'localhost', isIp: false })],
      ['h2.test', upstream(3, h2Port, { ...h2, healthCheck: CHECK })],
      ['grpcs.test', upstream(4, h2Port, { ...h2, grpc: true, healthCheck: CHECK })],
      ['h2c.test', upstream(5, h2cPort, { transport: 'h2c', healthCheck: CHECK })],
      ['https-right.test', upstream(6, port, { ...https1, ...right })],
      ['https-address.test', upstream(7, addressPort, { ...https1, ...verified(address.certificate, '127.0.0.1') })],
      ['h2-right.test', upstream(8, h2Port, { ...h2, ...right })],
      ['grpcs-right.test', upstream(9, h2Port, { ...h2, ...right, grpc: true })],
    ];
    const refused: [string, Upstream][] = [
      ['https-authority.test', upstream(11, port, { ...https1, ...authority })],
      ['https-subject.test', upstream(12, port, { ...https1, ...subject })],
      ['h2-authority.test', upstream(13, h2Port, { ...h2, ...authority })],
      ['h2-subject.test', upstream(14, h2Port, { ...h2, ...subject })],
    ];
    gateway.set(hosts(...usable, ...refused, ['clear.test', upstream(15, port)]));
    for (const [host] of usable) await eventually(async () => expect([host, await status(host)]).toEqual([host, 200]));
    for (const [host] of refused) await eventually(async () => expect([host, await status(host)]).toEqual([host, 503]));
    expect(names).toEqual(new Set(['localhost']));
    expect(await status('clear.test')).not.toBe(200);
    for (const server of [secure, byAddress]) server.closeAllConnections();
    for (const server of servers) server.close();
  });

  it('may be DNS names, alone or beside addresses', async () => {
    const second = await startHttpServer({ name: 'second' });
    gateway.set(
      proxy([
        service(1, 'dns.test', [route(1, '/', [upstream(1, plain.port, { address: 'localhost', isIp: false })])]),
        service(2, 'mixed.test', [
          route(2, '/', [upstream(1, plain.port, { address: 'localhost', isIp: false }), upstream(2, second.port)]),
        ]),
      ]),
    );
    await eventually(async () => expect(await status('dns.test')).toBe(200));
    const seen = new Set<string>();
    await eventually(async () => {
      const { body } = await ask({ port: gateway.httpPort, headers: { host: 'mixed.test' } });
      seen.add((JSON.parse(body) as HttpEcho).server);
      expect(seen).toEqual(new Set(['plain', 'second']));
    });
    await second.stop();
  });

  it('of gRPC may take longer than 15 s, and no longer than grpc-timeout says', async () => {
    const echo = await startEchoServer({ name: 'slow' });
    // A real gRPC server would heed grpc-timeout itself.
    const silent = http2.createServer(() => undefined);
    gateway.set(
      proxy([
        service(1, '*', [
          route(1, '/', [grpcUpstream(1, echo.port)]),
          route(2, SILENT, [grpcUpstream(2, await listening(silent))]),
        ]),
      ]),
    );
    const client = echoClient(`127.0.0.1:${gateway.httpPort}`);
    await eventually(() => client.say('ready'));
    const long = Promise.all([
      client.say({ text: 'long', delayMs: 16_500 }),
      client.stream({ text: 'more', count: 3, delayMs: 5_600 }),
    ]);
    const started = Date.now();
    const status = String(Status.DEADLINE_EXCEEDED);
    await eventually(async () => expect(await silentCall(gateway.httpPort, '300m')).toMatchObject({ 'grpc-status': status }));
    expect(Date.now() - started).toBeGreaterThanOrEqual(250);
    expect(Date.now() - started).toBeLessThan(10_000);
    const [{ reply }, replies] = await long;
    expect([reply.text, ...replies.map(({ text }) => text)]).toEqual(['long', 'more', 'more', 'more']);
    client.close();
    echo.kill();
    silent.close();
  });

  it('of gRPC are called by gRPC-Web, which others get as it is', async () => {
    const echo = await startEchoServer({ name: 'grpc' });
    gateway.set(hosts(['grpc.test', grpcUpstream(1, echo.port)], ['own.test', upstream(2, plain.port)]));
    const call = (host: string) =>
      ask({
        port: gateway.httpPort,
        method: 'POST',
        path: '/tests.echo.Echo/Say',
        headers: { host, 'content-type': 'application/grpc-web+proto' },
        body: frame(Buffer.from('\x0a\x05hello')),
      });
    // Field 1, field 2, and the trailers in a frame of their own.
    const reply = frame(Buffer.from('\x0a\x05hello\x12\x04grpc')).toString();
    for (const host of ['grpc.test', 'GRPC.Test'])
      await eventually(async () => {
        const { status, headers, body } = await call(host);
        expect({ host, status, type: headers['content-type'] }).toEqual({
          host,
          status: 200,
          type: 'application/grpc-web+proto',
        });
        expect(body.slice(0, reply.length)).toBe(reply);
        expect(body.slice(reply.length)).toContain('grpc-status:0');
      });
    const own = JSON.parse((await call('own.test')).body) as HttpEcho;
    expect(own).toMatchObject({ server: 'plain', headers: { 'content-type': 'application/grpc-web+proto' } });
    echo.kill();
  });

  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
