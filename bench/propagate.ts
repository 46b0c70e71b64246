import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../tests/support/product';
import type { HttpEcho, HttpServer } from '../tests/support/http-echo';

const TIMEOUT_MS = 20_000;
const SEED_BATCH = 100;

export type Kind = 'weight' | 'prefix' | 'new service' | 'removed service';

/** Writes by REST, and asks through Envoy until an answer shows it. */
export class Propagation {
  readonly #agent = new http.Agent({ keepAlive: true });
  constructor(
    readonly product: Product,
    readonly a: HttpServer,
    readonly b: HttpServer,
  ) {}

  /** Fills the database up to `size` services, each with a route and an upstream of its own. */
  async seed(from: number, size: number): Promise<void> {
    for (let start = from; start < size; start += SEED_BATCH) {
      const numbers = Array.from({ length: Math.min(SEED_BATCH, size - start) }, (_, index) => start + index);
      const objects = numbers.map((number) => ({
        service_name: `seed-${number}`,
        fqdn: `seed-${number}.test`,
        routes: {
          data: [
            {
              route_name: 'all',
              route_prefix: '/',
              route_upstreams: {
                data: [
                  {
                    upstream: { data: { upstream_name: `seed-${number}`, upstream_ip: '127.0.0.1', upstream_port: this.a.port } },
                  },
                ],
              },
            },
          ],
        },
        proxy_services: {
          data: [
            {
              proxy: {
                data: { proxy_name: 'gw' },
                on_conflict: { constraint: 'proxy_proxy_name_key', update_columns: ['update_ts'] },
              },
            },
          ],
        },
      }));
      const query =
        'mutation seed($objects: [saaras_db_service_insert_input!]!) { insert_saaras_db_service(objects: $objects) { affected_rows } }';
      const { body } = await this.product.call('POST', '/v1/graphql', JSON.stringify({ query, variables: { objects } }), {
        'content-type': 'application/json',
      });
      if (body.includes('"errors"')) throw new Error(`seeding failed: ${body.slice(0, 500)}`);
    }
    await this.until(`seed-${size - 1}.test`, '/', 'a');
  }

  async write(method: string, path: string, form: Record<string, string | number> = {}): Promise<void> {
    const fields = new URLSearchParams(Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]));
    const { status, body } = await this.product.call(method, path, fields.toString());
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${body}`);
  }

  /** Asks until the answer comes from the server of that name. @returns milliseconds */
  async until(host: string, path: string, server: string): Promise<number> {
    const started = performance.now();
    for (;;) {
      if ((await this.#server(host, path)) === server) return performance.now() - started;
      if (performance.now() - started > TIMEOUT_MS)
        throw new Error(`${host}${path} was not served by ${server} within ${TIMEOUT_MS} ms`);
      await sleep(1);
    }
  }

  #server(host: string, path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.product.ports.http, path, headers: { host }, agent: this.#agent };
      const request = http.get(options, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve(response.statusCode === 200 ? (JSON.parse(body) as HttpEcho).server : String(response.statusCode)),
        );
        response.on('error', reject);
      });
      request.on('error', reject);
    });
  }

  async measure(size: number, rounds: number): Promise<Record<Kind, number[]>> {
    const samples: Record<Kind, number[]> = { weight: [], prefix: [], 'new service': [], 'removed service': [] };
    for (let round = 0; round < rounds; round += 1) {
      const [weight, server] = round % 2 === 0 ? [1_000_000, 'b'] : [0, 'a'];
      await this.write('PATCH', '/upstream/bench-b', { upstream_weight: weight });
      samples.weight.push(await this.until('bench.test', '/weighted', server));

      await this.write('PATCH', '/service/bench/route/moving', { route_prefix: `/moving-${size}-${round}` });
      samples.prefix.push(await this.until('bench.test', `/moving-${size}-${round}`, 'a'));

      const name = `new-${size}-${round}`;
      await this.write('POST', '/service', { service_name: name, fqdn: `${name}.test` });
      await this.write('POST', `/service/${name}/route`, { route_name: 'all', route_prefix: '/' });
      await this.write('POST', '/upstream', {
        upstream_name: name,
        upstream_ip: '127.0.0.1',
        upstream_port: this.a.port,
        upstream_hc_path: '/',
      });
      await this.write('POST', `/service/${name}/route/all/upstream/${name}`);
      await this.write('POST', `/proxy/gw/service/${name}`);
      samples['new service'].push(await this.until(`${name}.test`, '/', 'a'));
      await this.write('DELETE', `/proxy/gw/service/${name}`);
      samples['removed service'].push(await this.until(`${name}.test`, '/', '404'));
    }
    return samples;
  }

  async prepare(): Promise<void> {
    await this.write('POST', '/proxy', { name: 'gw' });
    await this.write('POST', '/service', { service_name: 'bench', fqdn: 'bench.test' });
    await this.write('POST', '/proxy/gw/service/bench');
    for (const [name, port] of [
      ['bench-a', this.a.port],
      ['bench-b', this.b.port],
    ] as const) {
      const weight = name === 'bench-a' ? 100 : 0;
      await this.write('POST', '/upstream', {
        upstream_name: name,
        upstream_ip: '127.0.0.1',
        upstream_port: port,
        upstream_hc_path: '/',
        upstream_weight: weight,
      });
    }
    await this.write('POST', '/service/bench/route', { route_name: 'weighted', route_prefix: '/weighted' });
    await this.write('POST', '/service/bench/route/weighted/upstream/bench-a');
    await this.write('POST', '/service/bench/route/weighted/upstream/bench-b');
    await this.write('POST', '/service/bench/route', { route_name: 'moving', route_prefix: '/moving' });
    await this.write('POST', '/service/bench/route/moving/upstream/bench-a');
    await this.until('bench.test', '/weighted', 'a');
    for (const name of ['one', 'two', 'three']) {
      await this.write('POST', '/service', { service_name: name, fqdn: `*.${name}.wild.test` });
      await this.write('POST', `/service/${name}/route`, { route_name: 'all', route_prefix: '/' });
      await this.write('POST', `/service/${name}/route/all/upstream/bench-a`);
      await this.write('POST', `/proxy/gw/service/${name}`);
      await this.until(`any.${name}.wild.test`, '/', 'a');
    }
  }
}
