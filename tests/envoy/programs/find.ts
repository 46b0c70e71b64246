import { findEnvoy } from '../../../src/envoy';
import { StartError } from '../../../src/errors';
import { createLogger } from '../../../src/log';
import { readSettings } from '../../../src/settings';

// Prints the Envoy that is found in the given environment, with the cache folders of the arguments, or the error's one line.
findEnvoy(readSettings(), createLogger('info'), process.argv.slice(2)).then(
  (binary) => process.stdout.write(binary),
  (error: unknown) => {
    process.stdout.write(error instanceof StartError ? error.message : `not a StartError: ${String(error)}`);
    process.exitCode = 1;
  },
);
