import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { bootstrap, DRAIN } from '../../../src/envoy';
import type { ProxyModel } from '../../../src/gateway';
import { ConfigStore, startXdsServer } from '../../../src/xds';
import type { XdsServer } from '../../../src/xds';
import { testEnvoyBinary } from '../../support/envoy';
import { whole } from '../../support/models';
import { freePorts } from '../../support/ports';

/** A real Envoy that gets its configuration from our xDS server; models are put in by hand. */
export interface GatewayUnderTest {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly xdsPort: number;
  readonly adminPort: number;
  /** Where plain requests of TLS hosts are redirected; nothing listens there. */
  readonly publicHttpsPort: number;
  /** What the xDS server logged at info and above, as objects. */
  readonly logged: readonly { readonly level: number; readonly msg: string; readonly reason?: string; readonly type?: string }[];
  /** Puts in the model of one proxy; those of others stay. */
  set(model: ProxyModel): void;
  /** The lines of Envoy's own log so far that warn of something or worse: deprecated fields, rejected resources, failed checks. */
  warnings(): string[];
  /** The lines of Envoy's access log so far; the last may come late. */
  accessLog(): string[];
  admin(path: string): Promise<string>;
  /** The counter or gauge of that exact name; 0 when Envoy has none. */
  stat(name: string): Promise<number>;
  restartXds(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options.proxyName the proxy that Envoy says it is; that of the settings is `gw` */
export async function startGatewayUnderTest({
  rateLimitPort,
  proxyName = 'gw',
}: { rateLimitPort?: number; proxyName?: string } = {}): Promise<GatewayUnderTest> {
  const binary = await testEnvoyBinary();
  const [httpPort, httpsPort, xdsPort, adminPort, noRateLimit, publicHttpsPort] = (await freePorts(6)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const folder = mkdtempSync(path.join(tmpdir(), 'envoy-test-'));
  const logged: { level: number; msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line) as { level: number; msg: string }) });
  const options = { listenHost: '127.0.0.1', httpPort, httpsPort, publicHttpsPort, proxyName: 'gw' };
  let configs = new ConfigStore(options);
  const models = new Map<string, ProxyModel>();
  const serveXds = (): Promise<XdsServer> =>
    startXdsServer({ host: '127.0.0.1', port: xdsPort, configs, defaultProxy: 'gw', log });
  let xds = await serveXds();

  const config = path.join(folder, 'bootstrap.json');
  writeFileSync(
    config,
    JSON.stringify(
      bootstrap({
        proxyName,
        nodeId: 'test',
        xds: { host: '127.0.0.1', port: xdsPort },
        rateLimit: { host: '127.0.0.1', port: rateLimitPort ?? noRateLimit },
        adminPort,
      }),
    ),
  );
  // Standard error, since Envoy keeps what goes to `--log-path` to itself for seconds.
  const logFile = path.join(folder, 'envoy.log');
  const logTo = openSync(logFile, 'w');
  const accessLogFile = path.join(folder, 'access.log');
  const accessLogTo = openSync(accessLogFile, 'w');
  const envoy: ChildProcess = spawn(
    binary,
    ['-c', config, '--use-dynamic-base-id', '--log-level', 'info', '--concurrency', '2', ...DRAIN],
    {
      stdio: ['ignore', accessLogTo, logTo],
    },
  );
  closeSync(logTo);
  closeSync(accessLogTo);

  async function admin(target: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${adminPort}${target}`);
    return response.text();
  }

  return {
    httpPort,
    httpsPort,
    xdsPort,
    adminPort,
    publicHttpsPort,
    logged,
    set(next) {
      models.set(next.name, next);
      configs.update([whole(next)], []);
    },
    warnings: () =>
      readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => /\]\[(warning|error|critical)\]/.test(line)),
    accessLog: () => readFileSync(accessLogFile, 'utf8').split('\n'),
    admin,
    async stat(name) {
      const text = await admin(`/stats?filter=^${name.replaceAll('.', '\\.')}$`);
      return Number(/: (\d+)/.exec(text)?.[1] ?? 0);
    },
    async restartXds() {
      await xds.stop();
      configs = new ConfigStore(options);
      xds = await serveXds();
      if (models.size > 0) configs.update([...models.values()].map(whole), []);
    },
    async stop() {
      envoy.kill('SIGKILL');
      await once(envoy, 'exit');
      await xds.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
