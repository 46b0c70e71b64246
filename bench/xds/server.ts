import pino from 'pino';
import { ConfigStore, startXdsServer } from '../../src/xds';
import type { XdsServer } from '../../src/xds';

/** The configuration and its server alone, in this process. */
export async function startServer(): Promise<{ readonly configs: ConfigStore; readonly xds: XdsServer }> {
  const listen = { listenHost: '127.0.0.1', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443 };
  const configs = new ConfigStore({ ...listen, proxyName: 'gw' });
  const xds = await startXdsServer({ host: '127.0.0.1', port: 0, configs, defaultProxy: 'gw', log: pino({ level: 'error' }) });
  return { configs, xds };
}
