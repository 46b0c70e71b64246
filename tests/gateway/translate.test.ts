import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { wordsOf } from '../../src/gateway';
import type { ObjectRef } from '../../src/gateway';
import { translateService } from '../../src/gateway/translate/service';
import { storedPairs } from '../../src/gateway/translate/pairs';
import { Problems } from '../../src/gateway/translate/problems';
import { translateRateLimits } from '../../src/gateway/translate/rate-limits';
import { selfSigned } from '../support/certificates';
import type { Given } from './rows';
import { serviceRow } from './rows';

const FOLDER = path.join(__dirname, 'golden');
const names = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.yaml') ? path.basename(file, '.yaml') : []));

/** PEM texts differ from run to run: the golden files have names in their place. */
const a = selfSigned('a.test');
const b = selfSigned('b.test');
const PEM: Record<string, string> = {
  CERTIFICATE_1: a.certificate,
  CERTIFICATE_2: b.certificate,
  PAIR_A_CERTIFICATE: a.certificate,
  PAIR_A_KEY: a.privateKey,
  PAIR_B_CERTIFICATE: b.certificate,
  PAIR_B_KEY: b.privateKey,
};

function withPem(given: unknown): Given {
  return JSON.parse(JSON.stringify(given), (_key, value: unknown) =>
    typeof value === 'string' ? (PEM[value] ?? value) : value,
  ) as Given;
}

function withoutPem(model: unknown): unknown {
  const named = Object.entries(PEM).reverse();
  return JSON.parse(
    JSON.stringify(model, (key, value: unknown) =>
      key === 'object' ? wordsOf(value as ObjectRef) : (named.find(([, pem]) => pem === value)?.[0] ?? value),
    ),
  );
}

test.each(names)('the model of golden/%s', (name) => {
  const given = withPem(parse(readFileSync(path.join(FOLDER, `${name}.yaml`), 'utf8')));
  const services = (given.services ?? []).map(serviceRow);
  const secrets = services.flatMap((service) => service.service_secrets.map((link) => link.secret));
  const { matching } = storedPairs(secrets, new Map());
  const pairs = new Map([...matching, [5, { certificate: b.certificate, privateKey: b.privateKey }] as const]);
  const authorities = new Map((given.authorities ?? []).map((authority) => [authority.secret_name, authority]));
  const problems = new Problems();
  const model = withoutPem({
    services: services.map((row) => translateService(row, { authorities, pairs })),
    rateLimits: (given.proxies ?? []).map((row) => ({
      proxy: row.proxy_name,
      rateLimits: translateRateLimits(row, [], problems),
    })),
    problems: problems.list,
  });
  const file = path.join(FOLDER, `${name}.json`);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(model, undefined, 2)}\n`);
  expect(model).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

test('a global rate limit that turns bad keeps what it said', () => {
  const row = (config: string) => ({
    proxy_id: 1,
    proxy_name: 'gw',
    proxy_globalconfigs: [
      { globalconfig: { globalconfig_id: 7, globalconfig_name: 'gc', globalconfig_type: 'globalconfig_ratelimit', config } },
    ],
  });
  const problems = new Problems();
  const before = translateRateLimits(row('{"domain":"enroute","descriptors":[{"key":"k"}]}'), [], problems);
  expect(before).toHaveLength(1);
  expect(problems.list).toEqual([]);
  expect(translateRateLimits(row('{"domain":'), before, problems)).toEqual(before);
  expect(problems.list.map(({ object, message }) => ({ object: wordsOf(object), message }))).toEqual([
    { object: 'globalconfig gc of proxy gw', message: 'line 1, column 11: the text ends where a value is expected' },
  ]);
});

test('a pair that equals the last usable one is that very object; one that does not match is told apart', () => {
  const known = { certificate: a.certificate, privateKey: a.privateKey };
  const secret = (secret_id: number, certificate: string, privateKey: string) => ({
    secret_id,
    secret_name: String(secret_id),
    secret_cert: certificate,
    secret_key: privateKey,
  });
  const stored = storedPairs(
    [
      secret(1, a.certificate, a.privateKey),
      secret(2, b.certificate, b.privateKey),
      secret(3, a.certificate, b.privateKey),
      secret(3, a.certificate, b.privateKey),
    ],
    new Map([[1, known]]),
  );
  expect(stored.matching.get(1)).toBe(known);
  expect([...stored.fresh.keys()]).toEqual([2]);
  expect(stored.unusable).toEqual([3]);
});
