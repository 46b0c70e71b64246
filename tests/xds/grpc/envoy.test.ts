import { eventually } from '../../support/eventually';
import { grpcUpstream, proxy, route, service } from '../../support/models';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import type { GatewayUnderTest } from '../envoy/gateway-under-test';
import { startGatewayUnderTest } from '../envoy/gateway-under-test';
import { startGrpcClient, tally } from './client';
import { nodeProgram } from './programs';
import { startNamedUpstream } from './upstreams';

let gateway: GatewayUnderTest;
beforeAll(async () => (gateway = await startGatewayUnderTest()));
afterAll(() => gateway.stop());

it('serves a gRPC client and an Envoy beside it, which is given nothing of what is the client’s', async () => {
  const upstream = await startNamedUpstream('one');
  const echo = await startEchoServer({ name: 'echo' });
  const shop = (port: number) => service(1, 'shop.test', [route(1, '/', [grpcUpstream(1, port)])], { name: 'shop' });
  gateway.set(proxy([shop(upstream.port)]));
  const client = startGrpcClient(await nodeProgram(), gateway.xdsPort);
  expect(tally(await client.calls('shop', { count: 5 }))).toEqual({ one: 5 });

  gateway.set(proxy([shop(echo.port)]));
  const through = echoClient(`127.0.0.1:${gateway.httpPort}`, { authority: 'shop.test' });
  await eventually(async () => expect((await through.say('hello')).reply.server).toBe('echo'));
  const config = await gateway.admin('/config_dump?include_eds');
  expect(config).toContain('upstream/1');
  expect(config).not.toContain('grpc/1');
  expect(config).not.toContain('api_listener');
  expect(gateway.warnings()).toEqual([]);

  through.close();
  await client.stop();
  upstream.stop();
  await echo.stop();
});
