import { Registry } from 'prom-client';
import { startAdmin } from './admin';
import type { ChangeFeed } from './database';
import { ChangeBroadcast, createPool, loggedTables, openDatabase, startChangeFeed } from './database';
import { StartError } from './errors';
import { createGraphQL, MetadataError } from './graphql';
import { createLogger } from './log';
import { READERS } from './readers';
import { readSettings } from './settings';
import { observeOperations, observePool } from './telemetry';

/** GraphQL alone, over the database that DATABASE_URL names: no gateway, no migrations, no Envoy. */
async function main(): Promise<void> {
  const settings = readSettings();
  const { databaseUrl, admin } = settings;
  if (databaseUrl === undefined) throw new StartError('DATABASE_URL must be set: GraphQL alone brings no database of its own');
  const log = createLogger(settings.logLevel);
  const { url } = await openDatabase({ databaseUrl, dataDir: settings.dataDir }, log);
  const pool = createPool(url, log);
  const { secret: adminSecret, maxBodyBytes } = admin;
  const logged = await loggedTables(pool);
  const changes = new ChangeBroadcast(logged);
  const registry = new Registry();
  observePool(registry, () => pool);
  const observer = observeOperations(registry);
  const graphql = await createGraphQL({
    pool,
    ...settings.graphql,
    readers: READERS,
    changes,
    adminSecret,
    maxBodyBytes,
    observer,
    log,
  });
  let feed: ChangeFeed | undefined;
  if (logged.length > 0)
    feed = startChangeFeed({
      url,
      log,
      retention: 'everything',
      onState: (isFollowing) => changes.follow(isFollowing),
      onEvent: (event) => changes.tell(event),
    });
  const server = await startAdmin({ settings, graphql, registry, patience: { connections: admin.maxConnections }, log });
  const base = `http://${admin.host}:${server.port}`;
  process.stdout.write(`GraphQL  ${base}/v1/graphql\nGraphiQL ${base}/graphiql\n`);

  async function stop(signal: NodeJS.Signals): Promise<void> {
    log.info({ signal }, 'stopping');
    await server.stop();
    await feed?.stop();
    await pool.end();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop(signal).catch(fail));
}

/** One line for what the operator can mend, the whole story for what only we can. */
function fail(error: unknown): never {
  if (error instanceof StartError || error instanceof MetadataError) process.stderr.write(`graphql: ${error.message}\n`);
  else console.error(error);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
main().catch(fail);
