import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { bootstrapElsewhere } from '../../src/envoy';
import { ROOT } from '../../src/root';
import { readSettings } from '../../src/settings';
import { interpolate } from './compose';
import type { ComposeFile } from './compose';
import { settingsNames } from './settings-names';

const text = readFileSync(path.join(ROOT, 'docker-compose.instances.yml'), 'utf8');
const compose = parse(interpolate(text, { ADMIN_SECRET: 'secret' }), { merge: true }) as ComposeFile;
const INSTANCES = ['gateway-1', 'gateway-2'];
const settingsOf = (name: string) => readSettings(compose.services[name]?.environment);

test('the schema of the Compose Specification accepts docker-compose.instances.yml', () => {
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'node_modules/dclint/schemas/compose.schema.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false, validateSchema: false, validateFormats: false }).compile({
    ...schema,
    $schema: undefined,
  });
  validate(compose);
  expect(validate.errors).toBeNull();
});

test('the control planes share a database, and each keeps its last models on a volume of its own', () => {
  const [one, other] = INSTANCES.map(settingsOf);
  expect(one?.databaseUrl).toBe(other?.databaseUrl);
  const volumes = INSTANCES.map((name) => compose.services[name]?.volumes?.[0]?.split(':')[0]);
  expect(volumes).toEqual(INSTANCES);
  expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(INSTANCES));
});

test('the bootstrap of either names both, by the names of their services', () => {
  for (const name of INSTANCES) {
    const bootstrap = JSON.stringify(bootstrapElsewhere(settingsOf(name), 'gw', '/certificates'));
    for (const each of INSTANCES) expect(bootstrap).toContain(`"address":"${each}","port_value":8001`);
  }
});

test('the certificates are for the names by which the control planes are dialled, and both ask the shared rate limit service', () => {
  const { command = [] } = compose.services.certificates ?? {};
  const hosts = command.filter((_, index) => command[index - 1] === '--host');
  expect(hosts).toEqual(expect.arrayContaining([...INSTANCES, 'gateway']));
  for (const name of INSTANCES) {
    const { tls, rateLimit } = settingsOf(name);
    expect(tls?.server.certificate).toBe('/certificates/server/cert.pem');
    expect(rateLimit.service).toEqual({ host: 'ratelimit', port: 8081 });
  }
  expect(compose.services.ratelimit?.environment).toMatchObject({
    CONFIG_TYPE: 'GRPC_XDS_SOTW',
    CONFIG_GRPC_XDS_SERVER_URL: 'gateway:8001',
    REDIS_URL: 'redis:6379',
  });
});

test('the variables of the control planes are settings, and without ADMIN_SECRET nothing starts', () => {
  const known = settingsNames();
  for (const name of INSTANCES)
    expect(Object.keys(compose.services[name]?.environment ?? {}).filter((variable) => !known.has(variable))).toEqual([]);
  expect(() => interpolate(text, {})).toThrow(/^ADMIN_SECRET: set ADMIN_SECRET/);
});
