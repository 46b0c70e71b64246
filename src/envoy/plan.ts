import { access, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { StartError } from '../errors';
import type { Address, PemFiles, Settings } from '../settings';
import { bootstrap } from './bootstrap';
import { LOG_FORMAT } from './log-lines';
import { fingerprintOf } from './record';

/** All that a start of Envoy depends on. */
export interface Plan {
  readonly binary: string;
  readonly args: readonly string[];
  readonly bootstrapFile: string;
  /** The bootstrap as JSON text. */
  readonly bootstrap: string;
  /** Envoy's own log: its standard error. */
  readonly logFile: string;
  /** Equal for two starts that make the same Envoy. */
  readonly fingerprint: string;
}

/** `node.id` of the settings' own Envoy. */
export function managedNodeId(adminPort: number): string {
  return `${os.hostname()}:${adminPort}`;
}

/** How the settings' own Envoy is started: it dials us on this machine, whatever name others know us by. */
export async function planOf({ dataDir, proxyName, xds, rateLimit, envoy, tls }: Settings, binary: string): Promise<Plan> {
  const bootstrapFile = path.join(dataDir, 'envoy-bootstrap.json');
  const text = JSON.stringify(
    bootstrap({
      proxyName,
      nodeId: managedNodeId(envoy.adminPort),
      xds: dialled(xds),
      rateLimit: rateLimit.service ?? dialled(rateLimit),
      isOtherService: rateLimit.service !== undefined,
      adminPort: envoy.adminPort,
      tls: tls?.client,
    }),
    undefined,
    2,
  );
  // Without hot restart there is no shared memory: two Envoys on one machine do not clash, and a killed one leaves nothing behind.
  const args = [
    '--config-path',
    bootstrapFile,
    '--disable-hot-restart',
    '--log-level',
    'info',
    '--log-format',
    LOG_FORMAT,
    ...DRAIN,
  ];
  return {
    binary,
    args,
    bootstrapFile,
    bootstrap: text,
    logFile: path.join(dataDir, 'envoy.log'),
    fingerprint: await fingerprintOf(binary, args, text + (tls ? await certificateOf(tls.client) : '')),
  };
}

/** Envoy reads its certificate when it starts: one that was started with another is another Envoy. @throws StartError */
async function certificateOf({ certificate, privateKey, authority }: PemFiles): Promise<string> {
  try {
    const [own, , trusted] = await Promise.all([readFile(certificate), access(privateKey), readFile(authority)]);
    return Buffer.concat([own, trusted]).toString('latin1');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`ENVOY_TLS_CERT, ENVOY_TLS_KEY and ENVOY_TLS_CA, by which Envoy dials, cannot be read: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * A listener is replaced when a wildcard host comes or goes. Its connections would know nothing of what is new for minutes:
 * they close with their next answer, and only what is under way then has that time.
 */
export const DRAIN = ['--drain-strategy', 'immediate'] as const;

/** A wildcard address is listened on, not dialled. */
function dialled({ host, port }: Address): Address {
  return { host: host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host, port };
}
