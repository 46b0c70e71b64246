import type { GraphQLFailure } from '../../src/graphql/engine';
import { Recorder, startRest } from './caller';

const ERRORS = '{"errors":[{"extensions":{"path":"$","code":"x"},"message":"m"}]}';

test.each([
  ['a uniqueness violation', { code: 'constraint-violation', sqlState: '23505' }, 409],
  ['a blocked delete', { code: 'constraint-violation', sqlState: '23503' }, 409],
  ['a blocked delete since Postgres 18', { code: 'constraint-violation', sqlState: '23001' }, 409],
  ['a missing value', { code: 'constraint-violation', sqlState: '23502' }, 400],
  ['a check', { code: 'permission-error', sqlState: '23514' }, 400],
  ['a text that is no number', { code: 'data-exception', sqlState: '22P02' }, 400],
  ['a name that is too long for its index', { code: 'unexpected', sqlState: '54000' }, 400],
  ['an unknown field', { code: 'validation-failed' }, 400],
  ['a value of another kind', { code: 'parse-failed' }, 400],
  ['a deadlock', { code: 'unexpected', sqlState: '40P01' }, 503],
  ['an unreachable database', { code: 'unexpected', unavailable: true }, 503],
  ['anything else', { code: 'unexpected', sqlState: 'XX000' }, 500],
])('%s keeps its body and gets the status %#', async (_name, failure: Partial<GraphQLFailure>, status) => {
  const error: GraphQLFailure = { code: 'x', message: 'm', path: '$', unavailable: false, ...failure };
  const rest = await startRest(new Recorder({ body: ERRORS, error }));
  const answer = await rest.form('POST', '/service', { service_name: 'demo', fqdn: 'enroute.local' });
  expect([answer.status, answer.body]).toEqual([status, ERRORS]);
  expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
  await rest.stop();
});

test('a proxy is not said to be created when the database is down', async () => {
  const error: GraphQLFailure = { code: 'unexpected', message: 'm', path: '$', unavailable: true };
  const rest = await startRest(new Recorder({ body: ERRORS, error }));
  const answer = await rest.form('POST', '/proxy', { name: 'gw' });
  expect([answer.status, answer.body]).toEqual([503, ERRORS]);
  await rest.stop();
});

test('a fault of ours is a 500 that says nothing more', async () => {
  const rest = await startRest({ execute: () => Promise.reject(new Error('the secret is 42')) });
  const answer = await rest.get('/proxy');
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toEqual({ error: 'a fault of the gateway; its log has the details', code: 'internal' });
  await rest.stop();
});
