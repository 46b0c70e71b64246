import { startEmbedded } from '../../../src/database/embedded';
import { StartError } from '../../../src/errors';
import { createLogger } from '../../../src/log';

/** A process of its own that holds the embedded Postgres: says where it is on standard output, stops it on SIGTERM. */
async function main([dataDir = '', data = '', binaries = '']: string[]): Promise<void> {
  try {
    const postgres = await startEmbedded(dataDir, createLogger('silent'), { data, binaries });
    const stop = () => void postgres.stop().then(() => process.exit(0));
    process.on('SIGTERM', stop);
    process.on('SIGINT', () => undefined); // As a terminal's Ctrl-C would reach the whole group.
    process.stdout.write(`${JSON.stringify({ url: postgres.url, location: postgres.location })}\n`);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stdout.write(`${JSON.stringify({ error: error.message })}\n`);
    process.exit(1);
  }
}

void main(process.argv.slice(2));
