import { startEnvoy } from '../../../src/envoy';
import { createLogger } from '../../../src/log';
import { readSettings } from '../../../src/settings';
import { testEnvoyBinary } from '../../support/envoy';

// Starts Envoy in the given environment and says which process it is; lives until it is killed.
async function main(): Promise<void> {
  const envoy = await startEnvoy({ settings: readSettings(), binary: await testEnvoyBinary(), log: createLogger('silent') });
  await envoy.ready();
  process.stdout.write(`${JSON.stringify({ pid: envoy.pid(), adopted: envoy.adopted })}\n`);
  setInterval(() => undefined, 60_000);
}

void main();
