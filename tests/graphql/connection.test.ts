import pg from 'pg';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, log, shopFixture } from './database';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

const CONNECTION_ERROR = { errors: [{ message: 'connection error', extensions: { path: '$', code: 'postgres-error' } }] };

test('a connection that is lost under a request is a connection error, and the next request has a new one', async () => {
  await shop.pool.query(`CREATE VIEW public.slow AS SELECT pg_sleep(30)::text AS id`);
  const pool = new pg.Pool({ connectionString: shop.url, max: 1 });
  pool.on('error', () => undefined);
  const engine = await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1000, log });
  const running = engine.execute({ query: '{ slow { id } }' });
  let ended = 0;
  while (ended === 0) {
    const { rowCount } = await shop.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%"slow"%' AND pid <> pg_backend_pid() AND datname = current_database() AND state = 'active'`,
    );
    ended = rowCount ?? 0;
  }
  const outcome = await running;
  expect(JSON.parse(outcome.body)).toEqual(CONNECTION_ERROR);
  expect(outcome.error).toMatchObject({ unavailable: true, code: 'postgres-error' });
  expect(await ask(engine, '{ note { id } }')).toEqual({ data: { note: [{ id: 1 }] } });
  await pool.end();
});

test('a mutation whose end is lost may be stored, and the answer says so', async () => {
  await shop.pool.query(`CREATE FUNCTION public.slow_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      WHEN (NEW.id = 77) EXECUTE FUNCTION public.slow_trigger()`);
  const pool = new pg.Pool({ connectionString: shop.url, max: 1 });
  pool.on('error', () => undefined);
  const engine = await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1000, log });
  const running = engine.execute({ query: 'mutation { insert_note_one(object: {id: 77}) { id } }' });
  for (let ended = 0; ended === 0;) {
    const { rowCount } = await shop.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`,
    );
    ended = rowCount ?? 0;
  }
  const { body, error } = await running;
  expect(error).toMatchObject({ unavailable: true, isOutcomeUnknown: true, code: 'postgres-error' });
  expect(body).toContain('it is not known whether the change was stored');
  await shop.pool.query('DROP TRIGGER slow ON note; DROP FUNCTION public.slow_trigger');
  await pool.end();
});

test('a database that cannot be reached is a connection error', async () => {
  const pool = new pg.Pool({ connectionString: shop.url });
  const engine = await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1000, log });
  await pool.end();
  const outcome = await engine.execute({ query: 'mutation { insert_note_one(object: {id: 7}) { id } }' });
  expect(JSON.parse(outcome.body)).toEqual(CONNECTION_ERROR);
  expect(outcome.error?.unavailable).toBe(true);
});

test('a database that takes no more connections says so', async () => {
  const role = new URL(shop.url).pathname.slice(1).replace('test', 'role');
  await shop.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p'; GRANT SELECT ON note TO ${role}`);
  const url = Object.assign(new URL(shop.url), { username: role, password: 'p' });
  // Every use of the pool takes a connection of its own.
  const pool = new pg.Pool({ connectionString: url.href, maxUses: 1 });
  const engine = await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1000, log });
  expect(await ask(engine, '{ note { id } }')).toEqual({ data: { note: [{ id: 1 }] } });
  await shop.pool.query(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
  const outcome = await engine.execute({ query: '{ note { id } }' });
  expect(JSON.parse(outcome.body)).toEqual({
    errors: [
      {
        message: 'max connections reached on postgres',
        extensions: { path: '$', code: 'postgres-max-connections-error' },
      },
    ],
  });
  expect(outcome.error).toMatchObject({ unavailable: true, sqlState: '53300' });
  await pool.end();
  await shop.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

test('a connection keeps a limited number of prepared statements', async () => {
  const pool = new pg.Pool({ connectionString: shop.url, max: 1 });
  const engine = await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1000, log });
  for (let n = 0; n < 520; n += 1)
    expect(await ask(engine, `{ note { a${n}: id } }`)).toEqual({ data: { note: [{ [`a${n}`]: 1 }] } });
  expect(await ask(engine, '{ note { a0: id } note { a0: id } }')).toEqual({ data: { note: [{ a0: 1 }] } });
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM pg_prepared_statements');
  expect(rows[0]?.n).toBe(500);
  await pool.end();
});
