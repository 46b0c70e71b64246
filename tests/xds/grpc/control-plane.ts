import pino from 'pino';
import type { Problem, Service } from '../../../src/gateway';
import { ConfigStore, startXdsServer } from '../../../src/xds';
import type { XdsServer } from '../../../src/xds';
import { proxy } from '../../support/models';
import { freePorts } from '../../support/ports';

interface Logged {
  readonly msg: string;
  readonly object?: string;
  /** Of a response: its type, and how many resources it held. */
  readonly type?: string;
  readonly sent?: number;
}

/** Our xDS server alone, its models put in by hand and changed as the database's are: by service. */
export interface ControlPlane {
  readonly port: number;
  /** Takes in services, new or changed. */
  put(...services: readonly Service[]): void;
  remove(...ids: readonly number[]): void;
  /** Both at once. */
  change(services: readonly Service[], removed: readonly number[]): void;
  notes(): readonly Problem[];
  /** What the server logged since the last time. */
  takeLogged(): readonly Logged[];
  /** Ends all streams, and has a server that knows of none of them listen again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startControlPlane(): Promise<ControlPlane> {
  const [port = 0] = await freePorts(1);
  let logged: Logged[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(JSON.parse(line) as Logged) });
  const options = { listenHost: '127.0.0.1', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 443, proxyName: 'gw' };
  const all = new Map<number, Service>();
  let version = 0;
  const notes = new Map<string, readonly Problem[]>();
  const createConfigs = () => new ConfigStore(options, (...[name, part, found]) => notes.set(`${name} ${part}`, found));
  let configs = createConfigs();
  const serve = (): Promise<XdsServer> => startXdsServer({ host: '127.0.0.1', port, configs, defaultProxy: 'other', log });
  let server = await serve();

  function change(services: readonly Service[], removed: readonly number[]): void {
    for (const id of removed) all.delete(id);
    for (const service of services) all.set(service.id, service);
    version += 1;
    const ids = new Set([...services.map(({ id }) => id), ...removed]);
    configs.update([{ model: proxy([...all.values()], { version: String(version) }), services: ids }], []);
  }

  change([], []);
  return {
    port,
    put: (...services) => change(services, []),
    remove: (...ids) => change([], ids),
    change,
    notes: () => [...notes.values()].flat(),
    takeLogged: () => {
      const taken = logged;
      logged = [];
      return taken;
    },
    restart: async () => {
      await server.stop();
      notes.clear();
      configs = createConfigs();
      server = await serve();
      configs.update([{ model: proxy([...all.values()], { version: String(version) }), services: 'all' }], []);
    },
    stop: () => server.stop(),
  };
}
