import { Server as GrpcServer, ServerCredentials, status as Status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { eventually } from '../../support/eventually';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import type { EchoClient } from '../../support/grpc-echo';
import { ask } from '../../support/http-client';
import { startHttpServer } from '../../support/http-echo';
import { CHECK, grpcUpstream, proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

/** A gRPC server of grpc.health.v1 and nothing else; `serving` holds the services that are SERVING, all others are not. */
async function startHealthServer(serving: ReadonlySet<string>): Promise<{ port: number; stop(): void }> {
  const server = new GrpcServer();
  // HealthCheckRequest.service is field 1; HealthCheckResponse.status is field 1, SERVING is 1 and NOT_SERVING 2.
  const check = {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: (text: string) => Buffer.from(text),
    requestDeserialize: (bytes: Buffer) => bytes.subarray(2).toString(),
    responseSerialize: (up: boolean) => Buffer.from([8, up ? 1 : 2]),
    responseDeserialize: (bytes: Buffer) => bytes[1] === 1,
  };
  server.addService(
    { check },
    {
      check: (call: ServerUnaryCall<string, boolean>, callback: sendUnaryData<boolean>) =>
        callback(null, serving.has(call.request)),
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, stop: () => server.forceShutdown() };
}

describe('health checks of a real Envoy', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
  });

  afterAll(() => gateway.stop());

  const healthy = (statName: string): Promise<number> => gateway.stat(`cluster.${statName}.membership_healthy`);

  it('find gRPC servers without HTTP and without grpc.health.v1 healthy on the path /, until they die', async () => {
    const [one, two] = await Promise.all([startEchoServer({ name: 'one' }), startEchoServer({ name: 'two' })]);
    gateway.set(
      proxy([
        service(1, '*', [
          route(1, '/', [grpcUpstream(1, one.port, { healthCheck: CHECK }), grpcUpstream(2, two.port, { healthCheck: CHECK })]),
        ]),
      ]),
    );
    const cluster = 'gw_service1_route1';
    const client = echoClient(`127.0.0.1:${gateway.httpPort}`);
    const spread = async (): Promise<Set<string>> => {
      const seen = new Set<string>();
      for (let call = 0; call < 12; call += 1) seen.add((await client.say('x')).reply.server);
      return seen;
    };
    await eventually(async () => expect(await spread()).toEqual(new Set(['one', 'two'])));
    expect(await healthy(cluster)).toBe(2);
    const { port } = two;
    two.kill();
    // Retries hide a dead server from its clients, so the checks themselves are asked.
    await eventually(async () => expect(await healthy(cluster)).toBe(1));
    const retries = await gateway.stat(`cluster.${cluster}.upstream_rq_retry`);
    expect(await spread()).toEqual(new Set(['one']));
    expect(await gateway.stat(`cluster.${cluster}.upstream_rq_retry`)).toBe(retries);
    const again = await startEchoServer({ name: 'two', port });
    await eventually(async () => expect(await spread()).toEqual(new Set(['one', 'two'])));
    client.close();
    one.kill();
    again.kill();
  });

  it('ask gRPC servers by grpc.health.v1 for the service that the path names', async () => {
    const serving = new Set(['up.Service']);
    const health = await startHealthServer(serving);
    const checked = (id: number, path: string) =>
      service(id, `${path.toLowerCase()}.test`, [
        route(id, '/', [grpcUpstream(id, health.port, { name: path, healthCheck: { ...CHECK, path } })]),
      ]);
    gateway.set(proxy([checked(1, 'up.Service'), checked(2, 'down.Service')]));
    const clients = ['up', 'down'].map((name) =>
      echoClient(`127.0.0.1:${gateway.httpPort}`, { authority: `${name}.service.test` }),
    ) as [EchoClient, EchoClient];
    const codes = () => Promise.all(clients.map((client) => client.say('x').catch((error: { code: number }) => error.code)));
    await eventually(async () => expect(await codes()).toEqual([Status.UNIMPLEMENTED, Status.UNAVAILABLE]));
    serving.delete('up.Service');
    serving.add('down.Service');
    await eventually(async () => expect(await codes()).toEqual([Status.UNAVAILABLE, Status.UNIMPLEMENTED]));
    for (const client of clients) client.close();
    health.stop();
  });

  it('ask HTTP servers for their path and host, also before any request', async () => {
    let well = true;
    const server = await startHttpServer({
      name: 'checked',
      handler: ({ url, headers }, response) => {
        const check = url === '/healthz?deep' && headers.host === 'check.test';
        response.writeHead(check ? (well ? 200 : 500) : headers.host === 'http.test' ? 200 : 400).end();
      },
    });
    gateway.set(
      proxy([
        service(1, 'http.test', [
          route(1, '/', [upstream(7, server.port, { healthCheck: { ...CHECK, path: '/healthz?deep' } })]),
        ]),
      ]),
    );
    const cluster = `gw_server7_${server.port}`;
    await eventually(async () => expect(await healthy(cluster)).toBe(1));
    well = false;
    await eventually(async () => expect(await healthy(cluster)).toBe(0));
    const status = async () => (await ask({ port: gateway.httpPort, headers: { host: 'http.test' } })).status;
    expect(await status()).toBe(503);
    well = true;
    await eventually(async () => expect(await status()).toBe(200));
    server.kill();
  });

  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
