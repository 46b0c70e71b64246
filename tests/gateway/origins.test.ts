import type { Harness } from './harness';
import { createHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await createHarness();
  await harness.run(`
    INSERT INTO saaras_db.proxy (proxy_id, proxy_name) VALUES (1, 'gw'), (2, 'edge');
    INSERT INTO saaras_db.service (service_id, service_name, fqdn) VALUES (1, 'one', 'one.test'), (2, 'two', 'two.test');
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 1), (2, 2)`);
});
afterEach(() => harness.database.drop());

const write = (origin: string, sql: string) => `BEGIN; SET LOCAL enroute.origin = '${origin}'; ${sql}; COMMIT;`;
const rename = (service: number, fqdn: string) => `UPDATE saaras_db.service SET fqdn = '${fqdn}' WHERE service_id = ${service}`;

test('in a batch, each write is told of the proxy that it changes', async () => {
  const { origins } = await harness.run(write('a', rename(1, 'a.test')) + write('b', rename(2, 'b.test')));
  expect([...origins]).toEqual([
    ['gw', { due: ['a'], early: [] }],
    ['edge', { due: ['b'], early: [] }],
  ]);
});

test('writes whose origin is not known are told of nobody', async () => {
  expect([...(await harness.run(rename(1, 'c.test'))).origins]).toEqual([]);
});

test('a write of what nobody serves is told of nobody', async () => {
  const unused = `INSERT INTO saaras_db.service (service_id, service_name, fqdn) VALUES (3, 'three', 'three.test')`;
  expect([...(await harness.run(write('unused', unused))).origins]).toEqual([]);
});

test('a write that was read with an earlier one, or changes nothing, makes no difference now', async () => {
  const { changed, origins } = await harness.run(write('same', rename(1, 'one.test')));
  expect(changed).toEqual([]);
  expect([...origins]).toEqual([['gw', { due: [], early: ['same'] }]]);
});

test('what a proxy gets or loses is due to who linked it', async () => {
  const linked = await harness.run(write('link', 'INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 2)'));
  expect(linked.origins.get('gw')).toEqual({ due: ['link'], early: [] });
  const removed = await harness.run(write('unlink', 'DELETE FROM saaras_db.proxy_service WHERE proxy_id = 1 AND service_id = 2'));
  expect(removed.origins.get('gw')).toEqual({ due: ['unlink'], early: [] });
});
