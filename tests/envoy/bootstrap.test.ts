import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { bootstrap, bootstrapElsewhere } from '../../src/envoy';
import { ROOT } from '../../src/root';
import { readSettings } from '../../src/settings';
import { selfSigned } from '../support/certificates';
import { testEnvoyBinary } from '../support/envoy';

const local = {
  proxyName: 'gw',
  nodeId: 'machine:9901',
  xds: { host: '127.0.0.1', port: 8001 },
  rateLimit: { host: '127.0.0.1', port: 8003 },
  adminPort: 9901,
};
const folder = mkdtempSync(path.join(tmpdir(), 'envoy-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the bootstrap is the one in the golden file', () => {
  const golden = path.join(__dirname, 'golden/bootstrap.json');
  const text = `${JSON.stringify(bootstrap(local), undefined, 2)}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});

test.each(['127.0.0.1', '::1', 'localhost', 'gateway.example'])(
  'Envoy accepts the bootstrap without a warning, with the control plane at %s',
  async (host) => {
    const file = path.join(folder, 'bootstrap.json');
    writeFileSync(file, JSON.stringify(bootstrap({ ...local, xds: { host, port: 8001 }, rateLimit: { host, port: 8003 } })));
    expect(await warningsOf(file)).toEqual([]);
  },
);

test('of several control planes, some found by name, all are in the clusters, and Envoy accepts it', async () => {
  const file = path.join(folder, 'peers.json');
  const peers = {
    xds: [
      { host: '::1', port: 18_001 },
      { host: 'peer.example', port: 8001 },
    ],
    rateLimit: [{ host: '127.0.0.2', port: 8003 }],
  };
  const text = JSON.stringify(bootstrap({ ...local, peers }));
  writeFileSync(file, text);
  const dialled = [...text.matchAll(/"address":"([^"]+)","port_value":(\d+)/g)].map(([, host, port]) => `${host} ${port}`);
  expect(dialled).toEqual([
    '127.0.0.1 9901',
    '127.0.0.1 8001',
    '::1 18001',
    'peer.example 8001',
    '127.0.0.1 8003',
    '127.0.0.2 8003',
  ]);
  expect(text.match(/STRICT_DNS|STATIC/g)).toEqual(['STRICT_DNS', 'STATIC']);
  expect(await warningsOf(file)).toEqual([]);
});

test('peers are read from the settings, and what is no address is refused', () => {
  const { peers } = readSettings({ XDS_PEERS: 'gateway-2:8001, [::1]:8001', RATELIMIT_PEERS: '10.0.0.2:8003' });
  expect(peers).toEqual({
    xds: [
      { host: 'gateway-2', port: 8001 },
      { host: '::1', port: 8001 },
    ],
    rateLimit: [{ host: '10.0.0.2', port: 8003 }],
  });
  for (const text of ['gateway-2', 'gateway-2:0', 'gateway-2:65536', 'http://gateway-2:8001', 'a:1,', '::1:8001'])
    expect(() => readSettings({ XDS_PEERS: text })).toThrow(/^XDS_PEERS must be addresses/);
});

test('the check above would see a deprecated field', async () => {
  const file = path.join(folder, 'deprecated.json');
  const text = JSON.stringify(bootstrap({ ...local, xds: { host: 'localhost', port: 8001 } }));
  writeFileSync(file, text.replace('"type":"STRICT_DNS"', '"type":"STRICT_DNS","respect_dns_ttl":true'));
  expect(await warningsOf(file)).toEqual([expect.stringMatching(/deprecated option .*respect_dns_ttl/)]);
});

test('envoy/bootstrap.yaml is the same for a control plane named gateway', async () => {
  const file = path.join(ROOT, 'envoy/bootstrap.yaml');
  const mounted = '/etc/envoy/certificates';
  const elsewhere = {
    ...local,
    nodeId: 'envoy',
    xds: { host: 'gateway', port: 8001 },
    rateLimit: { host: 'gateway', port: 8003 },
    tls: filesIn(mounted),
  };
  expect(parse(readFileSync(file, 'utf8'))).toEqual(bootstrap(elsewhere));
  // Envoy reads the certificates of a bootstrap that it only checks, too.
  const here = path.join(folder, 'mounted.yaml');
  writeFileSync(here, readFileSync(file, 'utf8').replaceAll(mounted, client()));
  expect(await warningsOf(here)).toEqual([]);
});

test.each(['127.0.0.1', '::1', 'gateway.example'])('Envoy accepts TLS to %s without a warning', async (host) => {
  const file = path.join(folder, 'tls.json');
  const tls = filesIn(client());
  writeFileSync(file, JSON.stringify(bootstrap({ ...local, xds: { host, port: 8001 }, rateLimit: { host, port: 8003 }, tls })));
  expect(await warningsOf(file)).toEqual([]);
});

test('the bootstrap for elsewhere names the files of this machine, or those of a folder on the other', () => {
  const tls = { XDS_TLS_CERT: '/tls/server/cert.pem', XDS_TLS_KEY: '/tls/server/key.pem', XDS_TLS_CA: '/tls/server/ca.pem' };
  const text = (environment: NodeJS.ProcessEnv, certificates?: string) =>
    JSON.stringify(bootstrapElsewhere(readSettings(environment), 'edge', certificates));
  expect(text(tls)).toContain('"/tls/client/key.pem"');
  expect(text(tls, '/etc/enroute/')).toContain('"/etc/enroute/key.pem"');
  expect(text(tls, '/etc/enroute/')).not.toContain('/tls/');
  expect(text({}, '/etc/enroute')).not.toContain('transport_socket');
});

const filesIn = (at: string) => ({ certificate: `${at}/cert.pem`, privateKey: `${at}/key.pem`, authority: `${at}/ca.pem` });

/** A folder with certificates for an Envoy. */
function client(): string {
  const at = path.join(folder, 'client');
  mkdirSync(at, { recursive: true });
  const { certificate, privateKey } = selfSigned('envoy');
  for (const [name, text] of [
    ['cert.pem', certificate],
    ['ca.pem', certificate],
    ['key.pem', privateKey],
  ] as const)
    writeFileSync(path.join(at, name), text);
  return at;
}

/** The lines above level info that `envoy --mode validate` writes. */
async function warningsOf(file: string): Promise<string[]> {
  const args = ['--mode', 'validate', '--disable-hot-restart', '--config-path', file, '--log-format', '[%l] %v'];
  const { stdout, stderr } = await promisify(execFile)(await testEnvoyBinary(), args);
  expect(stdout).toContain('OK');
  return stderr.split('\n').filter((line) => /^\[(warning|error|critical)\]/.test(line));
}
