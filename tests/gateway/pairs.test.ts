import { selfSigned } from '../support/certificates';
import type { Harness } from './harness';
import { createHarness } from './harness';

const old = selfSigned('a.test');
const next = selfSigned('a.test');

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await harness.run(`
    INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw');
    INSERT INTO saaras_db.service (service_name, fqdn) VALUES ('demo', 'a.test');
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 1);
    INSERT INTO saaras_db.secret (secret_name, secret_key, secret_cert) VALUES ('tls', '', '');
    INSERT INTO saaras_db.service_secret (service_id, secret_id) VALUES (1, 1)`);
});
afterEach(() => harness.database.drop());

const setKey = (key: string) => harness.run('UPDATE saaras_db.secret SET secret_key = $1', [key]);
const setCertificate = (certificate: string) => harness.run('UPDATE saaras_db.secret SET secret_cert = $1', [certificate]);
const tls = (of = harness) => of.gateway.proxies.get('gw')?.services.get(1)?.tls;

async function saved(): Promise<string[]> {
  const { rows } = await harness.database.pool.query<{ certificate: string }>(
    'SELECT certificate FROM gateway_private.last_good_pair',
  );
  return rows.map((row) => row.certificate);
}

test('key and certificate arrive one after the other: a pair is served once it matches', async () => {
  expect(tls()).toEqual({ secretId: 1, secretName: 'tls', pair: undefined });
  await setKey(old.privateKey);
  expect(tls()?.pair).toBeUndefined();
  await setCertificate(old.certificate);
  expect(tls()?.pair).toEqual({ certificate: old.certificate, privateKey: old.privateKey });
  expect(await saved()).toEqual([old.certificate]);
});

test('through a rotation the old pair is served until the new one matches, in other instances and after a restart too', async () => {
  await setKey(old.privateKey);
  await setCertificate(old.certificate);
  const before = tls();
  await setKey(next.privateKey);
  expect(tls()).toEqual(before);
  expect(harness.gateway.proxies.get('gw')?.services.get(1)?.problems).toEqual([]);
  const restarted = await createHarness(harness);
  expect(tls(restarted)).toEqual(before);
  await setCertificate(next.certificate);
  expect(tls()?.pair?.certificate).toBe(next.certificate);
  await restarted.catchUp();
  expect(tls(restarted)?.pair?.certificate).toBe(next.certificate);
  expect(await saved()).toEqual([next.certificate]);
});

test('a pair that another instance saw is served by one that saw only what came after it', async () => {
  const late = await createHarness(harness);
  await setKey(old.privateKey);
  await setCertificate(old.certificate);
  await setKey(next.privateKey);
  await late.catchUp();
  expect(tls(late)?.pair?.certificate).toBe(old.certificate);
});

test('the first linked secret with a usable pair is served', async () => {
  await harness.run(
    `WITH made AS (INSERT INTO saaras_db.secret (secret_name, secret_key, secret_cert) VALUES ('second', $1, $2) RETURNING secret_id)
     INSERT INTO saaras_db.service_secret (service_id, secret_id) SELECT 1, secret_id FROM made`,
    [next.privateKey, next.certificate],
  );
  expect(tls()).toMatchObject({ secretName: 'second', pair: { certificate: next.certificate } });
  await setKey(old.privateKey);
  await harness.run(`UPDATE saaras_db.secret SET secret_cert = $1 WHERE secret_name = 'tls'`, [old.certificate]);
  expect(tls()).toMatchObject({ secretName: 'tls', pair: { certificate: old.certificate } });
});

test('the pair of a deleted secret goes, also when the delete was missed', async () => {
  await setKey(old.privateKey);
  await setCertificate(old.certificate);
  await harness.run('DELETE FROM saaras_db.service_secret');
  expect(tls()).toBeUndefined();
  expect(await saved()).toHaveLength(1);
  await harness.run('DELETE FROM saaras_db.secret');
  expect(await saved()).toEqual([]);
  await harness.run(`INSERT INTO saaras_db.secret (secret_name, secret_key, secret_cert) VALUES ('again', $1, $2)`, [
    old.privateKey,
    old.certificate,
  ]);
  await harness.run('INSERT INTO saaras_db.service_secret (service_id, secret_id) SELECT 1, secret_id FROM saaras_db.secret');
  expect(await saved()).toHaveLength(1);
  await harness.database.pool.query('DELETE FROM saaras_db.service_secret');
  await harness.database.pool.query('DELETE FROM saaras_db.secret');
  await harness.reset();
  expect(await saved()).toEqual([]);
});

test('a pair that cannot be saved is not served: nothing is half applied', async () => {
  await setKey(old.privateKey);
  await harness.database.pool.query('ALTER TABLE gateway_private.last_good_pair RENAME TO elsewhere');
  await expect(setCertificate(old.certificate)).rejects.toThrow('last_good_pair');
  expect(tls()?.pair).toBeUndefined();
  await harness.database.pool.query('ALTER TABLE gateway_private.elsewhere RENAME TO last_good_pair');
  await harness.reset();
  expect(tls()?.pair?.certificate).toBe(old.certificate);
});
