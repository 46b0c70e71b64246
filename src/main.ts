import { StartError } from './errors';
import { startGateway } from './start';
import { createLogger } from './log';
import { readSettings } from './settings';

/** Starts the product, and stops it in order on SIGINT or SIGTERM. A second signal ends it at once. */
async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLogger(settings.logLevel);
  const aborted = new AbortController();
  let stopGateway: (() => Promise<void>) | undefined;

  const onSignal = (signal: NodeJS.Signals): void => {
    if (aborted.signal.aborted) process.exit(130);
    aborted.abort();
    log.info({ signal }, 'stopping');
    // While it is still starting, the start sees the signal and undoes itself.
    stopGateway?.().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);

  const gateway = await startGateway(settings, log, aborted.signal);
  if (!gateway) process.exit(0);
  stopGateway = () => gateway.stop();
  process.stdout.write(gateway.summary);
}

/** One line for what the operator can mend, the whole story for what only we can. */
function fail(error: unknown): never {
  if (error instanceof StartError) process.stderr.write(`enroute-gateway: ${error.message}\n`);
  else console.error(error);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
main().catch(fail);
