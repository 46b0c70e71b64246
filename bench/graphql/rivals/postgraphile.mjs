// PostGraphile 4 over DATABASE_URL, as its documentation sets it up for production.
import { createServer } from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const handler = postgraphile(pool, process.env.BENCH_SCHEMA, {
  disableQueryLog: true,
  graphiql: false,
  watchPg: false,
  retryOnInitFail: false,
});
const server = createServer(handler);
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
