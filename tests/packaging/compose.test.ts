import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { ROOT } from '../../src/root';
import { readSettings } from '../../src/settings';
import { readCompose } from './compose';
import type { ComposeService } from './compose';
import { settingsNames } from './settings-names';

const file = path.join(ROOT, 'docker-compose.yml');
const compose = readCompose(file, { ADMIN_SECRET: 'secret' });
const service = (name: string): ComposeService => {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
const settings = readSettings(service('gateway').environment);

describe('the schema of the Compose Specification', () => {
  /** The linter's package carries the schema; its formats (durations) are patterns of no package here. */
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'node_modules/dclint/schemas/compose.schema.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false, validateSchema: false, validateFormats: false, allErrors: true }).compile({
    ...schema,
    $schema: undefined,
  });

  test('accepts docker-compose.yml', () => {
    validate(parse(readFileSync(file, 'utf8')));
    expect(validate.errors).toBeNull();
  });

  test('would refuse a misspelt key', () => {
    validate({ ...compose, services: { gateway: { ...service('gateway'), healthchek: {} } } });
    expect(validate.errors).toContainEqual(
      expect.objectContaining({ keyword: 'additionalProperties', params: { additionalProperty: 'healthchek' } }),
    );
  });
});

test('Postgres, the control plane and Envoy are services that wait for each other to be healthy', () => {
  expect(Object.keys(compose.services)).toEqual(['postgres', 'certificates', 'gateway', 'envoy']);
  expect(service('gateway').depends_on).toEqual({
    postgres: { condition: 'service_healthy' },
    certificates: { condition: 'service_completed_successfully' },
  });
  expect(service('envoy').depends_on).toEqual({ gateway: { condition: 'service_healthy' } });
});

test('images are pinned, and what is built is built from a folder with a Dockerfile', () => {
  for (const { image, build } of Object.values(compose.services)) {
    if (build) expect(existsSync(path.join(ROOT, build, 'Dockerfile'))).toBe(true);
    else expect(image).toMatch(/^[\w/]+:v?\d+/);
  }
});

test('every path and volume that is mounted exists', () => {
  const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')));
  const [paths, names] = [
    mounts.filter(([source]) => source?.startsWith('.')),
    mounts.filter(([source]) => !source?.startsWith('.')),
  ];
  expect(paths).toEqual([['./envoy/bootstrap.yaml', '/etc/envoy/envoy.yaml', 'ro']]);
  for (const [source = ''] of paths) expect(existsSync(path.join(ROOT, source))).toBe(true);
  expect(new Set(names.map(([name]) => name))).toEqual(new Set(Object.keys(compose.volumes)));
  const dockerfile = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain(`VOLUME ${service('gateway').volumes?.[0]?.split(':')[1]}\n`);
});

test('the variables of the control plane are settings, with values that a start accepts', () => {
  const known = settingsNames();
  expect(Object.keys(service('gateway').environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  expect(settings.envoy.mode).toBe('off');
  for (const { host } of [settings.admin, settings.xds, settings.rateLimit]) expect(host).toBe('0.0.0.0');
  expect(compose.services).toHaveProperty(settings.advertiseHost);
});

describe('the certificates', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'compose-'));
  const mounts = (name: string) =>
    new Map(
      (service(name).volumes ?? [])
        .map((volume) => volume.split(':'))
        .map(([volume = '', target = '', mode]) => [volume, { target, mode }]),
    );
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are made by the command of the service, again and again, for the name that Envoy dials', async () => {
    const { command: [program = '', script = '', target = '', ...options] = [] } = service('certificates');
    expect([program, script, target]).toEqual(['node', 'dist/certgen-main.js', '/certificates']);
    for (let start = 0; start < 2; start += 1)
      await expect(succeeds(program, [path.join(ROOT, script), folder, ...options])).resolves.toBe(true);
    const made = new X509Certificate(readFileSync(path.join(folder, 'server/cert.pem')));
    expect(made.checkHost(settings.advertiseHost)).toBe(settings.advertiseHost);
  });

  test('lie in volumes of which each service sees its own alone', () => {
    const [made, gateway, envoy] = [mounts('certificates'), mounts('gateway'), mounts('envoy')];
    expect([...made.values()].map(({ target }) => target)).toEqual(
      ['authority', 'server', 'client'].map((name) => `/certificates/${name}`),
    );
    expect(gateway.get('server-certificate')).toEqual({ target: '/certificates/server', mode: 'ro' });
    expect(envoy.get('client-certificate')).toEqual({ target: '/etc/envoy/certificates', mode: 'ro' });
    for (const others of [gateway, envoy]) expect([...others.keys()]).not.toContain('authority');
    expect([gateway.has('client-certificate'), envoy.has('server-certificate')]).toEqual([false, false]);
    const { server } = settings.tls ?? {};
    for (const [file, name] of Object.entries({ certificate: 'cert.pem', privateKey: 'key.pem', authority: 'ca.pem' }))
      expect(server?.[file as keyof typeof server]).toBe(`/certificates/server/${name}`);
    expect(readFileSync(path.join(ROOT, 'envoy/bootstrap.yaml'), 'utf8')).toContain('filename: /etc/envoy/certificates/key.pem');
  });

  test('are readable for the user of each: the folders are the user’s who makes them, whose number Envoy takes', () => {
    const dockerfile = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8');
    expect(dockerfile).toMatch(
      /--owner=node [^\n]*--mode=0700[^]*\/certificates\/authority \/certificates\/server \/certificates\/client/,
    );
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(service('envoy').user).toBe('1000:1000');
  });
});

test('without ADMIN_SECRET nothing starts: every call must carry it', () => {
  expect(() => readCompose(file, {})).toThrow(/^ADMIN_SECRET: set ADMIN_SECRET/);
  expect(settings.admin.secret).toBe('secret');
});

test('DATABASE_URL leads to the Postgres service, with its user, password and database', () => {
  const changed = readCompose(file, { ADMIN_SECRET: 'secret', POSTGRES_PASSWORD: 'changed' });
  for (const { services } of [compose, changed]) {
    const url = new URL(services.gateway?.environment?.DATABASE_URL ?? '');
    expect(services).toHaveProperty(url.hostname);
    expect(services.postgres?.environment).toEqual({
      POSTGRES_USER: url.username,
      POSTGRES_PASSWORD: url.password,
      POSTGRES_DB: url.pathname.slice(1),
    });
    expect(services.postgres?.healthcheck.test).toEqual(
      expect.arrayContaining([`--username=${url.username}`, `--dbname=${url.pathname.slice(1)}`]),
    );
  }
});

test("ports that are published are the settings'", () => {
  const targets = (name: string) => service(name).ports?.map((port) => Number(port.split(':').at(-1)));
  expect(targets('gateway')).toEqual([settings.admin.port]);
  expect(service('gateway').ports?.[0]).toMatch(/^127\.0\.0\.1:/);
  expect(targets('envoy')).toEqual([settings.listen.httpPort, settings.listen.httpsPort]);
  expect(targets('postgres')).toBeUndefined();
});

interface BootstrapFile {
  node: { cluster: string };
  admin: { address: SocketAddress };
  static_resources: {
    clusters: { name: string; load_assignment: { endpoints: { lb_endpoints: { endpoint: { address: SocketAddress } }[] }[] } }[];
  };
}
interface SocketAddress {
  socket_address: { address: string; port_value: number };
}

describe('the bootstrap of the Envoy service', () => {
  const bootstrap = parse(readFileSync(path.join(ROOT, 'envoy/bootstrap.yaml'), 'utf8')) as BootstrapFile;

  test("dials the control plane by its service's name, on its ports, as its proxy", () => {
    const dialled = bootstrap.static_resources.clusters.map(({ name, load_assignment: { endpoints } }) => {
      const { address, port_value: port } = endpoints[0]?.lb_endpoints[0]?.endpoint.address.socket_address ?? {};
      return { name, address, port };
    });
    expect(dialled).toEqual([
      { name: 'enroute', address: 'gateway', port: settings.xds.port },
      { name: 'enroute_ratelimit', address: 'gateway', port: settings.rateLimit.port },
    ]);
    expect(compose.services).toHaveProperty('gateway');
    expect(bootstrap.node.cluster).toBe(settings.proxyName);
  });

  test('opens the admin port that the health check asks', () => {
    const { address, port_value: port } = bootstrap.admin.address.socket_address;
    expect(service('envoy').healthcheck.test.at(-1)).toContain(`/dev/tcp/${address}/${port} `);
  });
});

describe('health checks', () => {
  test.each([
    ['gateway', 1323, '/healthz', 200, '{}', true],
    ['gateway', 1323, '/healthz', 503, '{}', false],
    ['envoy', 9901, '/ready', 200, 'LIVE\n', true],
    ['envoy', 9901, '/ready', 503, 'PRE_INITIALIZING\n', false],
  ])('%s:%i%s answering %i %j counts as healthy: %s', async (name, port, url, status, body, healthy) => {
    const server = http.createServer((request, response) => response.writeHead(request.url === url ? status : 404).end(body));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const actual = String((server.address() as AddressInfo).port);
    const [kind, program = '', ...args] = service(name).healthcheck.test.map((word) => word.replace(String(port), actual));
    expect(kind).toBe('CMD');
    try {
      await expect(succeeds(program, args)).resolves.toBe(healthy);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    await expect(succeeds(program, args)).resolves.toBe(false);
  });
});

function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => execFile(program, args, (error) => resolve(error === null)));
}
