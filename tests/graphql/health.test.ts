import pg from 'pg';
import { createTestDatabase } from '../support/postgres';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { libraryFixture, log } from './database';
import type { Served } from './served';
import { serve } from './served';

let library: Fixture;
beforeAll(async () => {
  library = await libraryFixture();
});
afterAll(() => library.drop());

async function healthOf({ url }: Served, path: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url + path);
  return { status: response.status, body: await response.text() };
}

/** Every table of the schema is asked for by its own name, which not all of them can have, unless `fits`. */
async function started(pool: pg.Pool, fits: boolean): Promise<Served> {
  const metadata = fits ? library.metadata : { tables: [{ table: { schema: 'library', name: 'Book Shelf' } }] };
  const options = { pool, schemas: library.schemas, metadata, adminSecret: 's3cret', maxBodyBytes: 1000, log };
  return serve(await createGraphQL(options));
}

const PATHS = ['/healthz', '/hasura/healthz'];

test('what is served whole is OK, without a secret', async () => {
  const served = await started(library.pool, true);
  for (const path of [...PATHS, '/healthz?strict=true'])
    expect(await healthOf(served, path)).toEqual({ status: 200, body: 'OK' });
  const posted = await fetch(`${served.url}/healthz`, { method: 'POST' });
  expect(posted.status).toBe(404);
  expect(await posted.json()).toEqual({ path: '$', error: 'resource does not exist', code: 'not-found' });
  await served.close();
});

test('a table that cannot be served is a warning, and an error when asked strictly', async () => {
  const served = await started(library.pool, false);
  for (const path of PATHS) {
    expect(await healthOf(served, path)).toEqual({ status: 200, body: 'WARN: inconsistent objects in schema' });
    expect(await healthOf(served, `${path}?strict=false`)).toMatchObject({ status: 200 });
    expect(await healthOf(served, `${path}?strict=true`)).toEqual({
      status: 500,
      body: 'ERROR: inconsistent objects in schema',
    });
  }
  await served.close();
});

test('a database that does not answer is an error', async () => {
  const other = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: other.url });
  pool.on('error', () => undefined);
  const served = await serve(await createGraphQL({ pool, schemas: [], maxBodyBytes: 1000, log }));
  await other.drop();
  for (const path of PATHS) expect(await healthOf(served, path)).toEqual({ status: 500, body: 'ERROR' });
  await served.close();
  await pool.end();
});

test('a database that is busy with long statements is OK', async () => {
  const pool = new pg.Pool({ connectionString: library.url, max: 1 });
  const served = await started(pool, true);
  const client = await pool.connect();
  for (const path of PATHS) expect(await healthOf(served, path)).toEqual({ status: 200, body: 'OK' });
  client.release();
  await served.close();
  await pool.end();
});
