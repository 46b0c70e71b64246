import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../errors';
import type { Logger } from '../../log';
import { explain } from '../explain';
import { chooseAccount } from './account';
import { findBinaries } from './binaries';
import { clusterFolder, clusterUrl, openCluster, withFreePort } from './cluster';
import { stopPostmaster } from './postmaster';
import type { RunningCluster } from './start';
import { adopt, launch } from './start';

export interface EmbeddedPostgres {
  readonly url: string;
  /** Where the data is, when that is not in DATA_DIR. */
  readonly location?: string;
  stop(): Promise<void>;
}

/** Where data and binaries go when Postgres must run as a user who cannot enter DATA_DIR or the installation. */
const PLACES = { data: '/var/lib/enroute-gateway', binaries: '/var/cache/enroute-gateway' };

/**
 * The embedded Postgres with the data of a DATA_DIR, made at the first start; when it ends by itself it is started again.
 * @throws StartError, one line, when there can be none.
 */
export async function startEmbedded(dataDir: string, log: Logger, places = PLACES): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') throw new StartError('the embedded Postgres needs Linux or macOS: set DATABASE_URL');
  const account = chooseAccount();
  const binaries = await findBinaries(account, places.binaries, log);
  const folder = await clusterFolder(dataDir, account, places.data);
  const cluster = await openCluster(folder, binaries, account);
  let running = (await adopt(cluster)) ?? (await launch(await withFreePort(cluster), binaries, account));
  let stopping = false;
  let restarting = Promise.resolve();
  watch(running);

  function watch({ session }: RunningCluster): void {
    session.on('error', (error) => log.warn({ reason: error.message }, 'the session that owns the database was lost'));
    session.on('end', () => {
      if (!stopping) restarting = restart();
    });
  }

  /** With the old port, which is in everybody's URL. */
  async function restart(): Promise<void> {
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5_000)) {
      await sleep(wait);
      if (stopping) return;
      try {
        running = (await adopt(running.cluster)) ?? (await launch(running.cluster, binaries, account));
        watch(running);
        log.info('the database serves again');
        return;
      } catch (error) {
        log.error({ reason: explain(error) }, 'the database does not come back; trying again');
      }
    }
  }

  return {
    url: clusterUrl(running.cluster),
    ...(path.dirname(folder) === dataDir ? {} : { location: folder }),
    stop: async () => {
      stopping = true;
      await restarting;
      await running.session.end();
      await stopPostmaster(running.pid, running.cluster);
    },
  };
}
