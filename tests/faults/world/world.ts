import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '../../support/eventually';
import { freePorts } from '../../support/ports';
import { Product } from '../../support/product';
import { answerConfig, hostOf, numberIn } from './answers';
import { ElsewhereEnvoy } from './envoy';
import { form, send } from './http';
import { Ledger } from './ledger';
import { PostgresServer } from './postgres';
import { Wire } from './wire';

export interface WorldSize {
  readonly instances: number;
  readonly envoys: number;
  /** Hosts whose answer tells what was written last. */
  readonly keys: number;
}

export const FULL: WorldSize = { instances: 3, envoys: 6, keys: 12 };

/** How often an Envoy is asked what it has: it takes in nothing new meanwhile. */
const LOOK_MS = 100;

/** A host that leads to a server. */
export const SERVED_HOST = 'served.test';

/**
 * Instances of the product on one Postgres that is reached over a wire, and Envoys that know all of them. Every Envoy
 * listens on the same port, and the kernel spreads connections over them.
 */
export class World {
  readonly ledger = new Ledger();
  postgres!: PostgresServer;
  wire!: Wire;
  readonly instances: Product[] = [];
  readonly envoys: ElsewhereEnvoy[] = [];
  httpPort = 0;
  /** Where each instance's memory can be looked into. */
  inspectorPorts: readonly number[] = [];
  /** What is the same for all instances. */
  listening: NodeJS.ProcessEnv = {};
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'faults-'));
  /** It closes no idle connection: an Envoy that is just using it again would be told of an upstream that broke off. */
  readonly #server = http.createServer({ keepAliveTimeout: 600_000 }, (_request, response) => response.end('server'));

  static async create(size: WorldSize = FULL, environment: NodeJS.ProcessEnv = {}): Promise<World> {
    const world = new World();
    try {
      await world.#start(size, environment);
      return world;
    } catch (error) {
      await world.dispose();
      throw error;
    }
  }

  async #start({ instances, envoys, keys }: WorldSize, given: NodeJS.ProcessEnv): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.postgres = await PostgresServer.create();
    await this.postgres.start();
    this.wire = await Wire.open(this.postgres.port);
    const [httpPort = 0, httpsPort = 0, ...adminPorts] = await freePorts(2 + envoys);
    this.httpPort = httpPort;
    this.listening = { HTTP_PORT: String(httpPort), HTTPS_PORT: String(httpsPort) };
    this.inspectorPorts = await freePorts(instances);
    const environments = Array.from({ length: instances }, (_, index): NodeJS.ProcessEnv => ({
      DATABASE_URL: this.wire.url,
      ENVOY: 'off',
      LOG_LEVEL: 'warn',
      NODE_OPTIONS: `--inspect=127.0.0.1:${this.inspectorPorts[index]}`,
      ...this.listening,
      ...given,
    }));
    for (const environment of environments) this.instances.push(await Product.prepare(environment));
    environments.forEach((environment, index) => {
      const others = this.instances.filter((_, other) => other !== index);
      environment.XDS_PEERS = others.map(({ ports }) => `127.0.0.1:${ports.xds}`).join(',');
    });
    await Promise.all(this.instances.map((instance) => instance.start()));
    await this.#configure(keys);
    for (const [index, adminPort] of adminPorts.entries()) {
      const { ports } = this.instances[index % instances]!;
      const answer = await send({ port: ports.admin, path: '/envoy/bootstrap/gw' });
      if (answer.kind !== 'answer' || answer.status !== 200) throw new Error(`no bootstrap: ${JSON.stringify(answer)}`);
      this.envoys.push(new ElsewhereEnvoy(`envoy-${index}`, adminPort, answer.body, this.#folder));
    }
    await Promise.all(this.envoys.map((envoy) => envoy.start()));
    await Promise.all(this.envoys.map((envoy) => envoy.ready(30_000)));
    await this.settled(30_000);
  }

  async #configure(keys: number): Promise<void> {
    const { admin } = this.instances[0]!.ports;
    const post = async (target: string, fields: Readonly<Record<string, string>> = {}): Promise<void> => {
      const outcome = await form(admin, 'POST', target, fields);
      if (outcome.kind !== 'answer' || outcome.status > 201) throw new Error(`${target}: ${JSON.stringify(outcome)}`);
    };
    await post('/service', { service_name: 'served', fqdn: SERVED_HOST });
    await post('/service/served/route', { route_name: 'all', route_prefix: '/' });
    await post('/upstream', {
      upstream_name: 'up',
      upstream_ip: '127.0.0.1',
      upstream_port: String((this.#server.address() as AddressInfo).port),
      upstream_hc_path: '/',
    });
    await post('/service/served/route/all/upstream/up');
    await post('/proxy/gw/service/served');
    for (let index = 0; index < keys; index += 1) {
      const key = `k${index}`;
      const number = this.ledger.begin(key);
      await post('/filter', { filter_name: key, filter_type: 'route_filter_redirect', filter_config: answerConfig(key, number) });
      await post('/service', { service_name: key, fqdn: hostOf(key) });
      await post(`/service/${key}/route`, { route_name: 'all', route_prefix: '/' });
      await post(`/service/${key}/route/all/filter/${key}`);
      await post(`/proxy/gw/service/${key}`);
      this.ledger.acknowledge(key, number);
    }
  }

  /**
   * Resolves when every running Envoy has what was acknowledged before the call, and nothing that was refused.
   * @returns after how many milliseconds @throws with what is missing
   */
  async settled(withinMs: number): Promise<number> {
    const wanted = this.ledger.acknowledged();
    const started = performance.now();
    await Promise.all(
      this.envoys
        .filter(({ isRunning }) => isRunning)
        .map((envoy) =>
          eventually(
            async () => {
              const answers = await envoy.answers();
              const faults = [...wanted].flatMap(([key, number]) => this.ledger.fault(key, answers.get(key), number) ?? []);
              if (faults.length > 0) throw new Error(`${envoy.name} lacks: ${faults.slice(0, 3).join('; ')}`);
            },
            withinMs,
            LOOK_MS,
          ),
        ),
    );
    return performance.now() - started;
  }

  /** What is wrong with what the database holds. */
  async faultsInDatabase(): Promise<readonly string[]> {
    const rows = await this.postgres.query<{ filter_name: string; filter_config: string }>(
      `SELECT filter_name, filter_config FROM saaras_db.filter WHERE filter_type = 'route_filter_redirect'`,
    );
    const found = new Map(rows.map((row) => [row.filter_name, numberIn(row.filter_config)]));
    return this.ledger.keys.flatMap((key) => this.ledger.fault(key, found.get(key), this.ledger.entry(key).acknowledged) ?? []);
  }

  async dispose(): Promise<void> {
    await Promise.all(this.envoys.map((envoy) => envoy.kill()));
    await Promise.all(this.instances.map((instance) => instance.kill()));
    for (const { dataDir } of this.instances) rmSync(dataDir, { recursive: true, force: true });
    await this.wire?.close();
    await this.postgres?.dispose();
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
