import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../src/root';
import { testEnvoyBinary } from '../support/envoy';
import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import { freePorts } from '../support/ports';
import type { HttpServer } from '../support/http-echo';
import { startHttpServer } from '../support/http-echo';
import { Product } from '../support/product';
import { startGrpcClient } from '../xds/grpc/client';
import { pythonProgram } from '../xds/grpc/programs';
import { startNamedUpstream } from '../xds/grpc/upstreams';

const base = mkdtempSync(path.join(tmpdir(), 'mutual-tls-'));
const certificates = path.join(base, 'certificates');
const certgen = (...args: string[]) => execFileSync(process.execPath, [path.join(ROOT, 'dist/certgen-main.js'), ...args]);
const server = (name: string) => path.join(certificates, 'server', name);

let product: Product;
let upstream: HttpServer;
const envoys: ChildProcess[] = [];

beforeAll(async () => {
  certgen(certificates, '--host', 'localhost');
  [product, upstream] = await Promise.all([
    Product.start({
      XDS_TLS_CERT: server('cert.pem'),
      XDS_TLS_KEY: server('key.pem'),
      XDS_TLS_CA: server('ca.pem'),
      ADVERTISE_HOST: 'localhost',
    }),
    startHttpServer({ name: 'upstream' }),
  ]);
  for (const [target, form] of [
    ['/service', 'service_name=s&fqdn=s.test'],
    ['/service/s/route', 'route_name=all&route_prefix=/'],
    ['/upstream', `upstream_name=up&upstream_ip=127.0.0.1&upstream_port=${upstream.port}&upstream_hc_path=/`],
    ['/service/s/route/all/upstream/up', ''],
    ['/proxy/gw/service/s', ''],
    ['/filter', 'filter_name=rl&filter_type=route_filter_ratelimit'],
    ['/service/s/route/all/filter/rl', ''],
    ['/globalconfig', 'globalconfig_name=gc&globalconfig_type=globalconfig_ratelimit'],
    ['/proxy/gw/globalconfig/gc', ''],
  ] as const)
    expect((await product.call('POST', target, form)).status).toBeLessThan(300);
}, 120_000);

afterAll(async () => {
  for (const envoy of envoys) {
    envoy.kill('SIGKILL');
    if (envoy.exitCode === null && envoy.signalCode === null) await once(envoy, 'exit');
  }
  await product.dispose();
  await upstream.stop();
  rmSync(base, { recursive: true });
});

interface Elsewhere {
  /** Whether its admin interface calls it ready, which it is with its first configuration. */
  isReady(): Promise<boolean>;
  /** A number among its statistics. */
  statistic(name: string): Promise<number>;
}

interface Bootstrap {
  admin: { address: { socket_address: { port_value: number } } };
  static_resources: { clusters: { transport_socket?: { typed_config: { common_tls_context: TlsContext } } }[] };
}
interface TlsContext {
  tls_certificates?: object[];
  validation_context: { match_typed_subject_alt_names: { matcher: { exact: string } }[] };
}

/** An Envoy of its own on the bootstrap that is served, each of its clusters changed by `change`. */
async function envoyElsewhere(
  query: string,
  change: (cluster: Bootstrap['static_resources']['clusters'][number], context: TlsContext) => void = () => undefined,
): Promise<Elsewhere> {
  const [adminPort = 0] = await freePorts(1);
  const bootstrap = JSON.parse((await product.call('GET', `/envoy/bootstrap/other${query}`)).body) as Bootstrap;
  bootstrap.admin.address.socket_address.port_value = adminPort;
  for (const cluster of bootstrap.static_resources.clusters) {
    if (!cluster.transport_socket) throw new Error('the bootstrap that is served dials in clear');
    change(cluster, cluster.transport_socket.typed_config.common_tls_context);
  }
  const file = path.join(base, `elsewhere-${adminPort}.json`);
  writeFileSync(file, JSON.stringify(bootstrap));
  const args = ['-c', file, '--use-dynamic-base-id', '--service-node', `n${adminPort}`, '--log-level', 'off'];
  envoys.push(spawn(await testEnvoyBinary(), args, { stdio: 'ignore' }));
  await eventually(async () => expect((await ask({ port: adminPort, path: '/stats' })).status).toBe(200));
  return {
    isReady: async () => (await ask({ port: adminPort, path: '/ready' })).status === 200,
    statistic: async (name) => {
      const { body } = await ask({ port: adminPort, path: '/stats' });
      return Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(body)?.[1]);
    },
  };
}

const statistic = async (name: string): Promise<number> => {
  const { body } = await ask({ port: product.ports.envoyAdmin, path: '/stats' });
  return Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(body)?.[1]);
};
const served = () => ask({ port: product.ports.http, headers: { host: 's.test' } });

test('the managed Envoy gets its configuration over TLS, and asks the rate limit service so', async () => {
  await eventually(async () => expect(await served()).toMatchObject({ status: 200 }));
  expect(await statistic('cluster.gw_enroute_\\d+.ssl.handshake')).toBeGreaterThan(0);
  const limits = {
    domain: 'enroute',
    descriptors: [{ key: 'generic_key', value: 'default', rate_limit: { unit: 'hour', requests_per_unit: 3 } }],
  };
  const upload = async (target: string, value: object) => {
    const body = `--B\r\nContent-Disposition: form-data; name="Config"; filename="c"\r\n\r\n${JSON.stringify(value)}\r\n--B--\r\n`;
    const type = { 'content-type': 'multipart/form-data; boundary=B' };
    expect((await product.call('POST', target, body, type)).status).toBeLessThan(300);
  };
  await upload('/globalconfig/gc/config', limits);
  await upload('/filter/rl/config', { descriptors: [{ generic_key: { descriptor_value: 'default' } }] });
  await eventually(async () => expect((await served()).status).toBe(429));
  expect(await statistic('cluster.gw_enroute_ratelimit_\\d+.ssl.handshake')).toBeGreaterThan(0);
});

test('an Envoy elsewhere is served with a certificate, and refused without one', async () => {
  const known = await envoyElsewhere(`?certificates=${encodeURIComponent(path.join(certificates, 'client'))}`);
  const unknown = await envoyElsewhere('', (_, context) => void delete context.tls_certificates);
  const inClear = await envoyElsewhere('', (cluster) => void delete cluster.transport_socket);
  await eventually(async () => expect(await known.isReady()).toBe(true));
  for (const refused of [unknown, inClear]) {
    await eventually(async () =>
      expect(await refused.statistic('cluster.other_enroute_\\d+.upstream_cx_total')).toBeGreaterThan(2),
    );
    expect(await refused.isReady()).toBe(false);
    expect(await refused.statistic('control_plane.connected_state')).toBe(0);
  }
});

test('a gRPC client without a proxy is served with a certificate, and refused without one', async () => {
  const one = await startNamedUpstream('one');
  const program = await pythonProgram();
  for (const [target, form] of [
    ['/service', 'service_name=direct&fqdn=direct.test'],
    ['/service/direct/route', 'route_name=all&route_prefix=/'],
    ['/upstream', `upstream_name=one&upstream_ip=127.0.0.1&upstream_port=${one.port}&upstream_hc_path=/&upstream_protocol=grpc`],
    ['/service/direct/route/all/upstream/one', ''],
    ['/proxy/gw/service/direct', ''],
  ] as const)
    expect((await product.call('POST', target, form)).status).toBeLessThan(300);
  const file = (name: string) => path.join(certificates, 'client', name);
  const own = { certificate_file: file('cert.pem'), private_key_file: file('key.pem') };
  const trusted = { ca_certificate_file: file('ca.pem') };
  const known = startGrpcClient(program, product.ports.xds, { type: 'tls', config: { ...trusted, ...own } });
  const unknown = startGrpcClient(program, product.ports.xds, { type: 'tls', config: trusted });
  try {
    await eventually(async () => expect(await known.calls('direct')).toEqual([{ server: 'one' }]));
    expect(await unknown.calls('direct', { deadlineMs: 5_000 })).toEqual([expect.objectContaining({ code: 'UNAVAILABLE' })]);
  } finally {
    await known.stop();
    await unknown.stop();
    one.stop();
  }
}, 60_000);

test('an Envoy does not take a control plane for its own whose certificate is for another name', async () => {
  const deceived = await envoyElsewhere('', (_, { validation_context: { match_typed_subject_alt_names: names } }) => {
    for (const { matcher } of names) matcher.exact = 'other.example';
  });
  await eventually(async () =>
    expect(await deceived.statistic('cluster.other_enroute_\\d+.ssl.fail_verify_san')).toBeGreaterThan(0),
  );
  expect(await deceived.isReady()).toBe(false);
});

test('after a rotation a new Envoy connects, and the one that is there notices nothing', async () => {
  const connects = await statistic('cluster.gw_enroute_\\d+.upstream_cx_total');
  const before = readFileSync(server('cert.pem'), 'utf8');
  certgen(certificates, '--renew', '--host', 'localhost');
  expect(readFileSync(server('cert.pem'), 'utf8')).not.toBe(before);
  await eventually(() =>
    expect(product.log).toContainEqual(
      expect.objectContaining({ msg: 'the certificate of xDS and the rate limit service was changed' }),
    ),
  );
  const late = await envoyElsewhere(`?certificates=${encodeURIComponent(path.join(certificates, 'client'))}`);
  await eventually(async () => expect(await late.isReady()).toBe(true));
  await sleep(500);
  expect(await statistic('cluster.gw_enroute_\\d+.upstream_cx_total')).toBe(connects);
  expect(await statistic('control_plane.connected_state')).toBe(1);
});
