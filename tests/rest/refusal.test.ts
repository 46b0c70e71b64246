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
  ['a full disk', { code: 'unexpected', sqlState: '53100', unavailable: true }, 503],
  ['a database that only reads', { code: 'unexpected', sqlState: '25006', unavailable: true }, 503],
  ['a statement that took too long', { code: 'timeout', sqlState: '57014' }, 503],
  ['anything else', { code: 'unexpected', sqlState: 'XX000' }, 500],
])('%s keeps its body and gets the status %#', async (_name, failure: Partial<GraphQLFailure>, status) => {
  const error: GraphQLFailure = { code: 'x', message: 'm', path: '$', unavailable: false, ...failure };
  const rest = await startRest(new Recorder({ body: ERRORS, error }));
  const answer = await rest.form('POST', '/service', { service_name: 'demo', fqdn: 'enroute.local' });
  expect(answer.status).toBe(status);
  if (status !== 503) expect(answer.body).toBe(ERRORS);
  else expect(JSON.parse(answer.body)).toMatchObject({ ...JSON.parse(ERRORS), code: 'database_unreachable' });
  expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
  await rest.stop();
});

test('a proxy is not said to be created when the database is down', async () => {
  const error: GraphQLFailure = { code: 'unexpected', message: 'm', path: '$', unavailable: true };
  const rest = await startRest(new Recorder({ body: ERRORS, error }));
  const answer = await rest.form('POST', '/proxy', { name: 'gw' });
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.body)).toEqual({ error: 'm', code: 'database_unreachable', ...(JSON.parse(ERRORS) as object) });
  await rest.stop();
});

test('a write that may be stored says so', async () => {
  const error: GraphQLFailure = { code: 'unexpected', message: 'm', path: '$', unavailable: true, isOutcomeUnknown: true };
  const rest = await startRest(new Recorder({ body: ERRORS, error }));
  const answer = await rest.form('POST', '/service', { service_name: 'demo', fqdn: 'enroute.local' });
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
  expect(JSON.parse(answer.body)).toMatchObject({ error: 'm', code: 'outcome_unknown' });
  await rest.stop();
});

test('the state that Postgres gives becomes words', async () => {
  const error: GraphQLFailure = { code: 'unexpected', message: 'm', path: '$', unavailable: true, sqlState: '53100' };
  const rest = await startRest(new Recorder({ body: ERRORS, error }));
  const answer = await rest.form('POST', '/proxy', { name: 'gw' });
  expect((JSON.parse(answer.body) as { error: string }).error).toMatch(/its disk is full/);
  await rest.stop();
});

test('a fault of ours is a 500 that says nothing more', async () => {
  const rest = await startRest({ execute: () => Promise.reject(new Error('the secret is 42')) });
  const answer = await rest.get('/proxy');
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toEqual({ error: 'a fault of the gateway; its log has the details', code: 'internal' });
  await rest.stop();
});
