import { StartError } from './errors';
import { MetadataError } from './graphql';
import { startGateway } from './start';
import { createLogger } from './log';
import { readSettings } from './settings';

/** Starts the product, and stops it in order on SIGINT or SIGTERM. A second signal ends it at once. */
async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLogger(settings.logLevel);
  const stopping = new AbortController();
  const starting = startGateway(settings, log, stopping.signal);

  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    log.info({ signal }, 'stopping');
    // While it is still starting, the start sees the signal and undoes itself.
    await (await starting)?.stop();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal).catch(fail));

  const gateway = await starting;
  if (gateway) process.stdout.write(gateway.summary);
}

/** One line for what the operator can mend, the whole story for what only we can. */
function fail(error: unknown): never {
  if (error instanceof StartError || error instanceof MetadataError) process.stderr.write(`enroute-gateway: ${error.message}\n`);
  else console.error(error);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
main().catch(fail);
