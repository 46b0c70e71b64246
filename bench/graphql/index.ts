/**
 * GraphQL: each bar of docs/performance.md, as ratios in one run on one Postgres.
 *
 *     npm run bench:graphql [-- section [name]]      sections: throughput, overhead, live, large, start
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool, migrate, openDatabase } from '../../src/database';
import { createLogger } from '../../src/log';
import { machine } from '../statistics';
import { coldStart, fillCatalog } from './cold-start';
import { fillServices } from './dataset';
import { fillLarge, large } from './large';
import { live } from './live';
import { overhead } from './overhead';
import { startServer } from './processes';
import { throughput } from './throughput';

/** Where the server listens: it takes no free port by itself. */
const PORT = Number(process.env.BENCH_PORT ?? 18_327);

const [section, name] = process.argv.slice(2);
const isAsked = (each: string): boolean => section === undefined || section === each;

async function main(): Promise<void> {
  console.log(machine());
  const log = createLogger('error');
  const folder = await mkdtemp(path.join(tmpdir(), 'graphql-bench-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who must get in.
  const database = await openDatabase({ databaseUrl: undefined, dataDir: folder }, log);
  const pool = createPool(database.url, log);
  const results: boolean[] = [];
  try {
    await migrate(database.url, log);
    await fillServices(pool);
    await fillLarge(pool);
    await fillCatalog(pool);
    const { rows } = await pool.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`);
    const postmaster = parseInt(await readFile(path.join(rows[0]?.folder ?? '', 'postmaster.pid'), 'utf8'), 10);
    if (isAsked('throughput')) results.push(await throughput(pool, database.url, postmaster, PORT, name));
    if (isAsked('overhead')) results.push(await overhead());
    if (isAsked('live') || isAsked('large')) {
      const schemas = { GRAPHQL_SCHEMAS: 'saaras_db,bench', ADMIN_PORT: String(PORT), LOG_LEVEL: 'error' };
      const server = await startServer('dist/graphql-main.js', { DATABASE_URL: database.url, ...schemas });
      if (isAsked('large')) results.push(await large(server));
      if (isAsked('live')) results.push(await live(database.url, server, postmaster));
      await server.stop();
    }
    if (isAsked('start')) results.push(await coldStart(database.url, PORT));
  } finally {
    await pool.end();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${machine()}`);
  if (!results.every(Boolean)) throw new Error('a bar was missed');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
