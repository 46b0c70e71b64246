import type pg from 'pg';
import { percentile } from '../statistics';
import { startServer } from './processes';

const TABLES = 500;
const ROUNDS = 5;
const BAR_MS = 2_000;

/** 500 tables of 12 columns, each with two foreign keys. */
export async function fillCatalog(pool: pg.Pool): Promise<void> {
  const tables = Array.from({ length: TABLES }, (_, table) => {
    const references = [Math.floor(table / 2), Math.floor(table / 3)].filter((other) => other < table);
    const keys = references.map((other, index) => `, parent${index} integer REFERENCES catalog.table${other}`);
    return `CREATE TABLE catalog.table${table} (id serial PRIMARY KEY, name text UNIQUE, size bigint, price numeric, ok boolean,
      at timestamptz, day date, code uuid, data jsonb, tags text[]${keys.join('')});`;
  });
  await pool.query(`CREATE SCHEMA catalog; ${tables.join('\n')}`);
}

/** From the start of the process to its first answer, on a catalog of 500 tables; and the first introspection after that. */
export async function coldStart(url: string, port: number): Promise<boolean> {
  const answers: number[] = [];
  const introspections: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const environment = { DATABASE_URL: url, GRAPHQL_SCHEMAS: 'catalog', ADMIN_PORT: String(port), LOG_LEVEL: 'error' };
    const server = await startServer('dist/graphql-main.js', environment);
    await ask(server.port, '{ catalog_table499(limit: 1) { id name parent0 } }');
    answers.push(performance.now() - started);
    const asked = performance.now();
    await ask(server.port, INTROSPECTION);
    introspections.push(performance.now() - asked);
    await server.stop();
  }
  const [first, introspection] = [answers, introspections].map((times) => percentile(times, 0.5)) as [number, number];
  const isGood = first <= BAR_MS;
  console.log(`\ncold start on a catalog of ${TABLES} tables`);
  console.log(
    `  first answer after ${first.toFixed(0)} ms (bar ${BAR_MS}): ${isGood ? 'met' : 'MISSED'}; first introspection then ${introspection.toFixed(0)} ms`,
  );
  return isGood;
}

async function ask(port: number, query: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/graphql`, { method: 'POST', body: JSON.stringify({ query }) });
  const text = await response.text();
  if (!text.startsWith('{"data":{')) throw new Error(text.slice(0, 500));
}

const TYPE = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const INTROSPECTION = `{ __schema { types { kind name description fields(includeDeprecated: true) { name description args { name type { ${TYPE} } defaultValue } type { ${TYPE} } } inputFields { name type { ${TYPE} } defaultValue } enumValues { name } } } }`;
