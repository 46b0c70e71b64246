import { findEnvoy } from '../../src/envoy';
import { createLogger } from '../../src/log';
import { readSettings } from '../../src/settings';

let binary: Promise<string> | undefined;

/** The Envoy that the product would run, found or downloaded once. */
export function testEnvoyBinary(): Promise<string> {
  binary ??= findEnvoy(readSettings(), createLogger('warn'));
  return binary;
}
