import { once } from 'node:events';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { Server as GrpcServer, ServerCredentials, status as Status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthCheck, Upstream } from '../../../src/gateway';
import { selfSigned } from '../../support/certificates';
import { eventually } from '../../support/eventually';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import { ask } from '../../support/http-client';
import { startHttpServer } from '../../support/http-echo';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { freePorts } from '../../support/ports';
import { grpcUpstream, proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

const CHECK: HealthCheck = {
  path: '/',
  host: 'check.test',
  intervalSeconds: 1,
  timeoutSeconds: 1,
  unhealthyThreshold: 1,
  healthyThreshold: 1,
};

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A gRPC server that serves nothing but grpc.health.v1, one service `up.Service` of which is serving. */
async function startHealthServer(): Promise<{ port: number; stop(): void }> {
  const server = new GrpcServer();
  // HealthCheckRequest.service is field 1; HealthCheckResponse.status is field 1, SERVING is 1 and NOT_SERVING 2.
  const check = {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: (text: string) => Buffer.from(text),
    requestDeserialize: (bytes: Buffer) => bytes.subarray(2).toString(),
    responseSerialize: (serving: boolean) => Buffer.from([8, serving ? 1 : 2]),
    responseDeserialize: (bytes: Buffer) => bytes[1] === 1,
  };
  server.addService(
    { check },
    {
      check: (call: ServerUnaryCall<string, boolean>, callback: sendUnaryData<boolean>) =>
        callback(null, call.request === 'up.Service'),
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, stop: () => server.forceShutdown() };
}

/** Opens a gRPC stream that nobody ends, with a `grpc-timeout` that only the gateway heeds; resolves when it is cut. */
async function cutStream(port: number, path: string, timeout: string): Promise<void> {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': timeout,
  });
  stream.on('error', () => undefined).resume(); // Being cut is an error.
  await new Promise((resolve) => stream.on('close', resolve));
  session.destroy();
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
    const pair = selfSigned('up.test');
    const other = selfSigned('up.test');
    const secure = https.createServer({ key: pair.privateKey, cert: pair.certificate }, (_, response) => response.end('secure'));
    const http2Secure = http2.createSecureServer({ key: pair.privateKey, cert: pair.certificate }, (_, response) =>
      response.end('h2'),
    );
    const http2Plain = http2.createServer((_, response) => response.end('h2c'));
    const [port, h2Port, h2cPort] = await Promise.all([secure, http2Secure, http2Plain].map(listening));
    const verified = (caCertificate: string, subjectName: string) => ({
      transport: 'https' as const,
      validation: { caCertificate, subjectName },
    });
    gateway.set(
      hosts(
        ['https.test', upstream(1, port!, { transport: 'https' })],
        ['h2.test', upstream(2, h2Port!, { transport: 'h2' })],
        ['h2c.test', upstream(3, h2cPort!, { transport: 'h2c' })],
        ['right.test', upstream(4, port!, verified(pair.certificate, 'up.test'))],
        ['wrong-authority.test', upstream(5, port!, verified(other.certificate, 'up.test'))],
        ['wrong-name.test', upstream(6, port!, verified(pair.certificate, 'other.test'))],
        ['clear.test', upstream(7, port!)],
      ),
    );
    await eventually(async () => expect(await status('https.test')).toBe(200));
    expect(await Promise.all(['h2.test', 'h2c.test', 'right.test'].map(status))).toEqual([200, 200, 200]);
    expect(await Promise.all(['wrong-authority.test', 'wrong-name.test'].map(status))).toEqual([503, 503]);
    expect(await status('clear.test')).not.toBe(200);
    secure.closeAllConnections();
    for (const server of [secure, http2Secure, http2Plain]) server.close();
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

  it('of gRPC without HTTP and without grpc.health.v1 are healthy on the path /, until they die', async () => {
    const [one, two] = await Promise.all([startEchoServer({ name: 'one' }), startEchoServer({ name: 'two' })]);
    gateway.set(
      proxy([
        service(1, '*', [
          route(1, '/', [grpcUpstream(1, one.port, { healthCheck: CHECK }), grpcUpstream(2, two.port, { healthCheck: CHECK })]),
        ]),
      ]),
    );
    const client = echoClient(`127.0.0.1:${gateway.httpPort}`);
    const spread = async (): Promise<Set<string>> => {
      const seen = new Set<string>();
      for (let call = 0; call < 12; call += 1) seen.add((await client.say('x')).reply.server);
      return seen;
    };
    await eventually(async () => expect(await spread()).toEqual(new Set(['one', 'two'])));
    two.kill();
    await eventually(async () => expect(await spread()).toEqual(new Set(['one'])), 10_000);
    client.close();
    one.kill();
  });

  it('of gRPC are asked by grpc.health.v1 for the service that the path names', async () => {
    const health = await startHealthServer();
    const checked = (id: number, path: string) => grpcUpstream(id, health.port, { healthCheck: { ...CHECK, path } });
    gateway.set(hosts(['up.test', checked(1, 'up.Service')], ['down.test', checked(2, 'down.Service')]));
    const code = (authority: string) => {
      const client = echoClient(`127.0.0.1:${gateway.httpPort}`, { authority });
      return client
        .say('x')
        .catch((error: { code: number }) => error.code)
        .finally(() => client.close());
    };
    await eventually(async () => expect(await code('up.test')).toBe(Status.UNIMPLEMENTED));
    await eventually(async () => expect(await code('down.test')).toBe(Status.UNAVAILABLE));
    health.stop();
  });

  it('of gRPC may take longer than 15 s, and as long as grpc-timeout says', async () => {
    const echo = await startEchoServer({ name: 'slow' });
    gateway.set(hosts(['*', grpcUpstream(1, echo.port)]));
    const client = echoClient(`127.0.0.1:${gateway.httpPort}`);
    await eventually(() => client.say('ready'));
    const long = client.say({ text: 'long', delayMs: 16_500 });
    const started = Date.now();
    await cutStream(gateway.httpPort, '/tests.echo.Echo/Chat', '300m');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect((await long).reply.text).toBe('long');
    client.close();
    echo.kill();
  });

  it('that refuse connections are passed over for one that does not', async () => {
    const [dead] = await freePorts(1);
    gateway.set(proxy([service(1, 'retry.test', [route(1, '/', [upstream(1, plain.port), upstream(2, dead!)])])]));
    await eventually(async () => expect(await status('retry.test')).toBe(200));
    for (let count = 0; count < 40; count += 1) expect(await status('retry.test')).toBe(200);
  });

  it('keep a client by its cookie when the strategy says so', async () => {
    const second = await startHttpServer({ name: 'second' });
    const sticky = { strategy: 'RING_HASH_COOKIE' as const };
    gateway.set(
      proxy([service(1, 'cookie.test', [route(1, '/', [upstream(1, plain.port, sticky), upstream(2, second.port, sticky)])])]),
    );
    const first = await eventually(async () => {
      const answer = await ask({ port: gateway.httpPort, headers: { host: 'cookie.test' } });
      expect(answer.headers['set-cookie']?.[0]).toContain('X-Contour-Session-Affinity');
      return answer;
    });
    const cookie = first.headers['set-cookie']![0]!.split(';')[0]!;
    const { server } = JSON.parse(first.body) as HttpEcho;
    for (let count = 0; count < 10; count += 1) {
      const { body } = await ask({ port: gateway.httpPort, headers: { host: 'cookie.test', cookie } });
      expect((JSON.parse(body) as HttpEcho).server).toBe(server);
    }
    await second.stop();
  });

  it('are protected by the circuit breakers of a route, and not by those of another', async () => {
    const slow = await startHttpServer({
      name: 'slow',
      handler: (_, response) => void sleep(500).then(() => response.end('late')),
    });
    const breakers = { maxConnections: 1, maxPendingRequests: 1, maxRequests: 1, maxRetries: 0 };
    gateway.set(
      proxy([
        service(1, 'breaker.test', [
          route(1, '/guarded', [upstream(1, slow.port)], { filters: { circuitBreakers: breakers } }),
          route(2, '/', [upstream(1, slow.port)]),
        ]),
      ]),
    );
    const statuses = (path: string) =>
      Promise.all(
        Array.from(
          { length: 6 },
          async () => (await ask({ port: gateway.httpPort, path, headers: { host: 'breaker.test' } })).status,
        ),
      );
    await eventually(async () => expect(await statuses('/')).toEqual(Array(6).fill(200)));
    expect(await statuses('/guarded')).toContain(503);
    slow.kill();
  });
});
