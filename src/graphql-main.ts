import { createServer } from 'node:http';
import { isLoopback, listen, refuseForeignPages } from './admin';
import { answers, createPool, openDatabase } from './database';
import { GatewayError, StartError } from './errors';
import { allowsOrigin, createGraphQL, MetadataError } from './graphql';
import type { GraphQLEngine } from './graphql';
import { createLogger } from './log';
import { readSettings } from './settings';
import type { Settings } from './settings';

const STOP_MS = 10_000;

/** GraphQL alone, over the database that DATABASE_URL names: no gateway, no migrations, no Envoy. */
async function main(): Promise<void> {
  const settings = readSettings();
  const { databaseUrl, admin } = settings;
  if (databaseUrl === undefined) throw new StartError('DATABASE_URL must be set: GraphQL alone brings no database of its own');
  const log = createLogger(settings.logLevel);
  const database = await openDatabase({ databaseUrl, dataDir: settings.dataDir }, log);
  const pool = createPool(database.url, log);
  const { secret: adminSecret, maxBodyBytes } = admin;
  const graphql = await createGraphQL({ pool, ...settings.graphql, adminSecret, maxBodyBytes, log });
  const server = createServer(serve(settings, graphql, () => answers(pool)));
  const port = await listen(server, admin.host, admin.port);
  process.stdout.write(`GraphQL  http://${admin.host}:${port}/v1/graphql\nGraphiQL http://${admin.host}:${port}/graphiql\n`);

  async function stop(signal: NodeJS.Signals): Promise<void> {
    log.info({ signal }, 'stopping');
    const force = setTimeout(() => server.closeAllConnections(), STOP_MS);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
    clearTimeout(force);
    await pool.end();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop(signal).catch(fail));
}

function serve({ admin, graphql: { allowedOrigins } }: Settings, graphql: GraphQLEngine, healthy: () => Promise<boolean>) {
  const serveOne: Parameters<typeof createServer>[1] = (request, response) => {
    const respond = (status: number, text: string): void =>
      void response.writeHead(status, { 'Content-Type': 'text/plain' }).end(text);
    try {
      refuseForeignPages(request.headers, isLoopback(admin.host), (origin) => allowsOrigin(allowedOrigins, origin));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      respond(error.status, error.message);
      return;
    }
    if (graphql.handle(request, response)) return;
    if (request.url !== '/healthz') {
      respond(404, 'there is nothing here: GraphQL is at /v1/graphql');
      return;
    }
    healthy().then((isUp) => respond(isUp ? 200 : 500, isUp ? 'OK' : 'ERROR'), fail);
  };
  return serveOne;
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
