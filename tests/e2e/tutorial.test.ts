import { status as Status } from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import { selfSigned } from '../support/certificates';
import { curl } from '../support/curl';
import { eventually } from '../support/eventually';
import { echoClient, startEchoServer } from '../support/grpc-echo';
import type { EchoClient, EchoServer } from '../support/grpc-echo';
import { ask } from '../support/http-client';
import { startHttpServer } from '../support/http-echo';
import type { HttpEcho } from '../support/http-echo';
import { Product } from '../support/product';
import { TUTORIAL, TUTORIAL_FILES } from './tutorial-calls';

/** The whole product as a process of its own: embedded Postgres, real Envoy, real gRPC servers, real curl. */
describe('the tutorial on the started product', () => {
  let product: Product;
  let one: EchoServer;
  let two: EchoServer;
  let client: EchoClient;

  beforeAll(async () => {
    product = await Product.start();
    [one, two] = await Promise.all([startEchoServer({ name: 'one' }), startEchoServer({ name: 'two' })]);
    client = echoClient(`127.0.0.1:${product.ports.http}`, { authority: 'enroute.local' });
  }, 120_000);

  afterAll(async () => {
    client.close();
    one.kill();
    two.kill();
    await product.dispose();
  });

  /** A form post whose answer must be a success. */
  async function post(target: string, form: Readonly<Record<string, string>> = {}): Promise<void> {
    const { status, body } = await product.call('POST', target, new URLSearchParams(form).toString());
    if (status >= 300) throw new Error(`POST ${target}: ${status} ${body}`);
  }

  async function patch(target: string, form: Readonly<Record<string, string>>): Promise<void> {
    const { status, body } = await product.call('PATCH', target, new URLSearchParams(form).toString());
    if (status >= 300) throw new Error(`PATCH ${target}: ${status} ${body}`);
  }

  async function upload(target: string, parts: Readonly<Record<string, string>>): Promise<void> {
    const args = Object.keys(parts).flatMap((name) => ['-F', `${name}=@${name}`]);
    const { status, body } = await curl([...args, `http://localhost:${product.ports.admin}${target}`], parts);
    if (status >= 300) throw new Error(`upload ${target}: ${status} ${body}`);
  }

  /** How many of `calls` calls each server answered. */
  async function spread(calls: number): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let call = 0; call < calls; call += 1) {
      const { reply } = await client.say('hello');
      counts[reply.server] = (counts[reply.server] ?? 0) + 1;
    }
    return counts;
  }

  it.each(TUTORIAL)('answers as printed: curl $args', async ({ args, status, answer }) => {
    const local = args.map((arg) =>
      arg
        .replace('localhost:1323', `localhost:${product.ports.admin}`)
        .replace('Upstream_port=50051', `Upstream_port=${one.port}`),
    );
    const { body, ...result } = await curl(local, TUTORIAL_FILES);
    expect({
      ...result,
      answer: JSON.parse(
        body
          .replaceAll(`"upstream_port":${one.port}`, '"upstream_port":50051')
          .replaceAll(`"upstream_port": ${one.port}`, '"upstream_port":50051'),
      ) as unknown,
    }).toEqual({ status, answer });
  });

  it('balances gRPC calls to the server', async () => {
    await eventually(async () => expect((await client.say('hello')).reply).toMatchObject({ server: 'one', text: 'hello' }));
  });

  it('explains what becomes of such a call, from the model that Envoy is fed from', async () => {
    await eventually(async () => {
      const { status, body } = await product.call('GET', '/explain?host=Enroute.local:8080&method=POST&path=/echo.Echo/Say');
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({
        listener: { name: 'ingress_http', port: product.ports.http },
        host: 'enroute.local',
        service: { name: 'demo' },
        route: { name: 'gs_route' },
        action: 'forward',
        filters: [{ kind: 'lua' }, { kind: 'rate_limit' }],
        upstreams: [{ name: 'server1', port: one.port, share: 1, health: 'healthy' }],
      });
    });
    expect((await product.call('GET', '/explain?host=enroute.local&proxy=nowhere')).status).toBe(404);
  });

  it('runs the Lua of a service on its own requests and on no other', async () => {
    const server = await startHttpServer({ name: 'other' });
    await upload('/filter/lua_filter_1/config', {
      Config: 'function envoy_on_request(handle) handle:headers():add("x-lua", "ran") end',
    });
    await eventually(async () => expect((await client.say('hello')).metadata.get('echo-x-lua')).toEqual(['ran']));
    await post('/service', { service_name: 'other', fqdn: 'other.local' });
    await post('/service/other/route', { route_name: 'all', route_prefix: '/' });
    await post('/upstream', {
      upstream_name: 'other',
      upstream_ip: '127.0.0.1',
      upstream_port: String(server.port),
      upstream_hc_path: '/',
    });
    await post('/service/other/route/all/upstream/other');
    await post('/proxy/gw/service/other');
    const answer = await eventually(async () => {
      const { status, body } = await ask({ port: product.ports.http, headers: { host: 'other.local' } });
      expect(status).toBe(200);
      return JSON.parse(body) as HttpEcho;
    });
    expect(answer.headers).not.toHaveProperty('x-lua');
    await server.stop();
  });

  it('refuses the 11th call of a route limited to 10 a minute, as RESOURCE_EXHAUSTED', async () => {
    // A fixed window: begin early in a minute, so that all eleven calls fall into it.
    const second = new Date().getSeconds();
    if (second > 50) await sleep((61 - second) * 1000);
    await upload('/globalconfig/gc1/config', {
      Config: JSON.stringify({
        domain: 'enroute',
        descriptors: [{ key: 'generic_key', value: 'minute', rate_limit: { unit: 'minute', requests_per_unit: 10 } }],
      }),
    });
    await upload('/filter/route_rl_1/config', {
      Config: JSON.stringify({ descriptors: [{ generic_key: { descriptor_value: 'minute' } }] }),
    });
    await sleep(1_000);
    const codes: (number | undefined)[] = [];
    for (let call = 0; call < 11; call += 1) {
      codes.push(
        await client.say('hello').then(
          () => Status.OK,
          (error: { code: number }) => error.code,
        ),
      );
    }
    expect(codes).toEqual([...Array<number>(10).fill(Status.OK), Status.RESOURCE_EXHAUSTED]);
    const { status } = await product.call('DELETE', '/service/demo/route/gs_route/filter/route_rl_1');
    expect(status).toBe(201);
    await eventually(() => client.say('hello'));
  }, 90_000);

  it('spreads 2,000 calls 70 to 30, as the weights say', async () => {
    await post('/upstream', {
      upstream_name: 'server2',
      upstream_ip: '127.0.0.1',
      upstream_port: String(two.port),
      upstream_hc_path: '/',
      upstream_protocol: 'grpc',
      upstream_weight: '30',
      upstream_hc_intervalseconds: '1',
      upstream_hc_timeoutseconds: '1',
      upstream_hc_unhealthythresholdcount: '1',
      upstream_hc_healthythresholdcount: '1',
    });
    await patch('/upstream/server1', {
      upstream_weight: '70',
      upstream_hc_intervalseconds: '1',
      upstream_hc_timeoutseconds: '1',
      upstream_hc_unhealthythresholdcount: '1',
      upstream_hc_healthythresholdcount: '1',
    });
    await post('/service/demo/route/gs_route/upstream/server2');
    await eventually(async () => expect(Object.keys(await spread(20)).sort()).toEqual(['one', 'two']));
    await sleep(500);
    const counts = await spread(2_000);
    expect(counts.one).toBeGreaterThan(1_300);
    expect(counts.one).toBeLessThan(1_500);
  }, 90_000);

  it('leaves a dead upstream out within its health check time, and gives its share to the others', async () => {
    const port = two.port;
    two.kill();
    await eventually(async () => expect(await spread(40)).toEqual({ one: 40 }), 10_000);
    two = await startEchoServer({ name: 'two', port });
    await eventually(async () => expect(Object.keys(await spread(20)).sort()).toEqual(['one', 'two']), 10_000);
  });

  it('serves everything again after kill -9 and a new start, without a lost request in between', async () => {
    const before = await product.call('GET', '/proxy/dump');
    await product.kill();
    expect(Object.keys(await spread(20)).sort()).toEqual(['one', 'two']);
    const started = product.start();
    const during = await spread(50);
    await started;
    expect((during.one ?? 0) + (during.two ?? 0)).toBe(50);
    expect((await product.call('GET', '/proxy/dump')).body).toBe(before.body);
    expect(Object.keys(await spread(20)).sort()).toEqual(['one', 'two']);
    await post('/service/demo/route', { route_name: 'after', route_prefix: '/after' });
  }, 120_000);

  it('gives an unlinked upstream nothing more', async () => {
    const { status } = await product.call('DELETE', '/service/demo/route/gs_route/upstream/server1');
    expect(status).toBe(200);
    await eventually(async () => expect(await spread(20)).toEqual({ two: 20 }));
    const calls = one.calls();
    expect(await spread(100)).toEqual({ two: 100 });
    expect(one.calls()).toBe(calls);
  });

  it('serves the uploaded certificate on the TLS port and rotates it without a lost request', async () => {
    const first = selfSigned('enroute.local');
    const second = selfSigned('enroute.local');
    await post('/secret', { secret_name: 'enroute.local' });
    await upload('/secret/enroute.local/key', { Secret_key: first.privateKey });
    await upload('/secret/enroute.local/cert', { Secret_cert: first.certificate });
    await post('/service/demo/secret/enroute.local');
    const fetchTls = () =>
      ask({
        port: product.ports.https,
        serverName: 'enroute.local',
        headers: { host: 'enroute.local', 'content-type': 'application/grpc' },
        method: 'POST',
      });
    await eventually(async () => expect((await fetchTls()).fingerprint).toBe(first.fingerprint));
    const plain = await ask({ port: product.ports.http, path: '/x?y=1', headers: { host: 'enroute.local' } });
    expect(plain).toMatchObject({ status: 301, headers: { location: `https://enroute.local:${product.ports.https}/x?y=1` } });

    const secure = echoClient(`127.0.0.1:${product.ports.https}`, {
      authority: 'enroute.local',
      ca: first.certificate + second.certificate,
    });
    await secure.say('hello');
    const seen = new Set<string | undefined>();
    let failures = 0;
    let done = false;
    const load = (async () => {
      while (!done) {
        const { fingerprint } = await fetchTls().catch(() => ({ fingerprint: 'failed' }));
        if (fingerprint === 'failed') failures += 1;
        seen.add(fingerprint);
      }
    })();
    await upload('/secret/enroute.local/key', { Secret_key: second.privateKey });
    await sleep(300);
    expect((await fetchTls()).fingerprint).toBe(first.fingerprint);
    await upload('/secret/enroute.local/cert', { Secret_cert: second.certificate });
    await eventually(async () => expect((await fetchTls()).fingerprint).toBe(second.fingerprint));
    await secure.say('hello');
    done = true;
    await load;
    expect(failures).toBe(0);
    expect(seen).toEqual(new Set([first.fingerprint, second.fingerprint]));
    secure.close();
  });

  it('serves the last matching pair after kill -9 in the middle of a rotation', async () => {
    const current = await ask({ port: product.ports.https, serverName: 'enroute.local', headers: { host: 'enroute.local' } });
    await upload('/secret/enroute.local/key', { Secret_key: selfSigned('enroute.local').privateKey });
    await product.kill();
    await product.start();
    await sleep(300);
    const after = await ask({ port: product.ports.https, serverName: 'enroute.local', headers: { host: 'enroute.local' } });
    expect(after.fingerprint).toBe(current.fingerprint);
  }, 120_000);

  it('stops everything in order on SIGTERM', async () => {
    expect(await product.stop()).toBe(0);
    await expect(ask({ port: product.ports.http })).rejects.toThrow(/ECONNREFUSED/);
    await expect(ask({ port: product.ports.admin })).rejects.toThrow(/ECONNREFUSED/);
  });
});
