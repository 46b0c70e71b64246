import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { testEnvoyBinary } from '../../support/envoy';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import { TYPE_URLS } from '../../../src/xds/translate';
import { numberIn } from './answers';

/** Small, because Envoy's main thread takes in nothing new while it writes it. */
const ROUTES = '?resource=dynamic_route_configs&mask=route_config.name,route_config.virtual_hosts';

/** An Envoy that a person would start elsewhere, on the bootstrap that the product serves. */
export class ElsewhereEnvoy {
  #process: ChildProcess | undefined;
  readonly #file: string;

  /** @param bootstrap as it was served; only the admin port is another one, so that several run on one machine */
  constructor(
    readonly name: string,
    readonly adminPort: number,
    bootstrap: string,
    folder: string,
  ) {
    const parsed = JSON.parse(bootstrap) as { admin: { address: { socket_address: { port_value: number } } } };
    parsed.admin.address.socket_address.port_value = adminPort;
    this.#file = path.join(folder, `${name}.json`);
    writeFileSync(this.#file, JSON.stringify(parsed));
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async start(): Promise<void> {
    const options = ['--use-dynamic-base-id', '--service-node', this.name, '--concurrency', '1', '--log-level', 'off'];
    this.#process = spawn(await testEnvoyBinary(), ['-c', this.#file, ...options], { stdio: 'ignore' });
  }

  /** Resolves when it has its first configuration. */
  async ready(timeoutMs: number): Promise<void> {
    await eventually(async () => {
      const { status } = await ask({ port: this.adminPort, path: '/ready' });
      if (status !== 200) throw new Error(`${this.name} is not ready: ${status}`);
    }, timeoutMs);
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || !this.isRunning) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async #dump(query = ''): Promise<string> {
    const { status, body } = await ask({ port: this.adminPort, path: `/config_dump${query}` });
    if (status !== 200) throw new Error(`the configuration of ${this.name} is not to be had: ${status}`);
    return body;
  }

  /** The number that the own routes of each key's host redirect to; those of every host together follow later. */
  async answers(): Promise<ReadonlyMap<string, number>> {
    const { configs = [] } = JSON.parse(await this.#dump(ROUTES)) as { configs?: { route_config?: { name?: string } }[] };
    const found = new Map<string, number>();
    for (const { route_config } of configs) {
      const key = /^http\/(k\d+)\.test$/.exec(route_config?.name ?? '')?.[1];
      const number = numberIn(JSON.stringify(route_config));
      if (key !== undefined && number !== undefined) found.set(key, number);
    }
    return found;
  }

  /** All that came by xDS, in an order of its own, without times. */
  async configuration(): Promise<readonly string[]> {
    const { configs } = JSON.parse(await this.#dump('?include_eds')) as { configs: Record<string, unknown>[] };
    return configs.flatMap((config) => dynamicOf(config)).sort();
  }

  /** The version that it has of each resource, by kind and name. */
  async versions(): Promise<ReadonlyMap<string, string>> {
    const versions = new Map<string, string>();
    for (const text of await this.configuration()) {
      const version = /"version_info":"([^"]+)"/.exec(text)?.[1];
      for (const [kind, url] of Object.entries(TYPE_URLS)) {
        const name = text.split(`"@type":"${url}","name":`)[1]?.match(/^"([^"]+)"/)?.[1];
        if (version !== undefined && name !== undefined) versions.set(`${kind} ${name}`, version);
      }
    }
    return versions;
  }
}

/**
 * The dynamic parts of a section of the dump, each as JSON without the times that differ from Envoy to Envoy, and in an order of
 * keys of its own: Envoy prints maps in any.
 */
function dynamicOf(section: Record<string, unknown>): string[] {
  return Object.entries(section).flatMap(([key, value]) => {
    if (!key.startsWith('dynamic_') || !Array.isArray(value)) return [];
    return value.map((item) =>
      JSON.stringify(item, (name, each: unknown) =>
        name === 'last_updated' || name === 'client_status' ? undefined : inOrder(each),
      ),
    );
  });
}

const FIRST = ['@type', 'name'];

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const rank = (key: string): string => `${FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length}${key}`;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1)));
}
