import fc from 'fast-check';
import { Translator } from '../../../src/xds';
import type { ProxyModel } from '../../../src/gateway';
import { proxy, route, service, upstream } from '../../support/models';
import type { Received } from './scripted-client';
import { ScriptedClient } from './scripted-client';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };

/**
 * A client that keeps Envoy's rules: it handles responses in order, withholds its answer on clusters while any warms up,
 * asks for the endpoints of the clusters that it has, and answers the rest at once.
 */
class EnvoyModel {
  readonly client = new ScriptedClient();
  clusters = new Set<string>();
  /** By cluster, encoded. A cluster that is new or changed has none until it gets one. */
  readonly assignments = new Map<string, string>();
  routes: Record<string, string[]> = {};
  #handled = 0;
  #withheld: Received | undefined;
  #configurations = new Map<string, string>();

  /** Handles what was sent, `warm` telling whether clusters have warmed up by now. */
  handle(warm: boolean): void {
    for (; this.#handled < this.client.received.length; this.#handled += 1) this.#take(this.client.received[this.#handled]!);
    if (!warm || !this.#withheld) return;
    const withheld = this.#withheld;
    this.#withheld = undefined;
    this.client.ack(withheld);
    this.handle(false);
  }

  #take(response: Received): void {
    if (response.kind === 'cluster') {
      const former = this.#configurations;
      this.#configurations = contents(response);
      this.clusters = new Set(response.names);
      for (const name of new Set([...former.keys(), ...this.clusters]))
        if (former.get(name) !== this.#configurations.get(name)) this.assignments.delete(name);
      this.#withheld = response;
      this.client.ask('endpoint', [...this.clusters].sort());
    }
    if (response.kind === 'endpoint') {
      for (const [name, content] of contents(response)) if (this.clusters.has(name)) this.assignments.set(name, content);
      this.client.ack(response, [...this.clusters].sort());
    }
    if (response.kind === 'route') {
      this.routes = this.client.hosts(response);
      this.client.ack(response, ['ingress_http']);
    }
    for (const clusters of Object.values(this.routes))
      for (const cluster of clusters) expect([...this.clusters]).toContain(cluster);
  }
}

function sorted(hosts: Record<string, readonly string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(hosts).map(([host, clusters]) => [host, [...clusters].sort()]));
}

/** The resources of a response, encoded, by name. */
function contents({ names, response }: Received): Map<string, string> {
  return new Map(names.map((name, index) => [name, Buffer.from(response.resources[index]!.value).toString('hex')]));
}

/** Hosts 1 to 3, each absent or on one upstream or two, alike or not. */
const model: fc.Arbitrary<ProxyModel> = fc
  .array(
    fc.option(
      fc.record({
        up: fc.integer({ min: 1, max: 5 }),
        second: fc.constantFrom(0, 0, 6, 7),
        weight: fc.constantFrom(10, 20),
        checked: fc.boolean(),
      }),
    ),
    { minLength: 3, maxLength: 3 },
  )
  .map((hosts) =>
    proxy(
      hosts.flatMap((host, index) => {
        if (!host) return [];
        const healthCheck = host.checked
          ? { path: '/', host: 'h', intervalSeconds: 1, timeoutSeconds: 3, unhealthyThreshold: 1, healthyThreshold: 1 }
          : undefined;
        return service(index + 1, `${index + 1}.test`, [
          route(
            index + 1,
            '/',
            [host.up, host.second].flatMap((up) =>
              up > 0
                ? [upstream(up, 9000 + up, { healthCheck: up > 6 ? undefined : healthCheck, weight: up > 5 ? host.weight : 100 })]
                : [],
            ),
          ),
        ]);
      }),
    ),
  );
const step = fc.record({
  model: fc.option(model),
  pass: fc.constantFrom(0, 1, 60, 1_000, 6_000),
  warm: fc.boolean(),
  reads: fc.boolean(),
});

it('no client ever holds a route to a cluster that it does not hold, and every client ends with the last snapshot', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), model, (steps, final) => {
      const translator = new Translator(OPTIONS);
      const envoy = new EnvoyModel();
      envoy.client.session.onSnapshot(translator.translate(proxy([])));
      envoy.client.ask('cluster');
      envoy.client.ask('route', ['ingress_http']);
      envoy.handle(true);
      for (const { model: next, pass, warm, reads } of [...steps, { model: final, pass: 0, warm: false, reads: true }]) {
        if (next) envoy.client.session.onSnapshot(translator.translate(next));
        if (reads) envoy.handle(warm);
        envoy.client.pass(pass);
        if (reads) envoy.handle(warm);
      }
      for (let round = 0; round < 6; round += 1) {
        envoy.client.pass(10_000);
        envoy.handle(true);
      }
      const last = translator.translate(final);
      const wanted = Object.fromEntries([...last.hosts.get('ingress_http')!].map(([host, { clusters }]) => [host, clusters]));
      expect(Object.keys(wanted)).toEqual(final.services.map(({ host }) => host));
      expect(sorted(envoy.routes)).toEqual(sorted(wanted));
      expect(envoy.clusters).toEqual(new Set(last.clusters.keys()));
      const endpoints = [...last.clusters].map(([name, cluster]) => [name, cluster.endpoints?.bytes.toString('hex')] as const);
      expect(envoy.assignments).toEqual(new Map(endpoints));
      envoy.client.session.close();
    }),
    { numRuns: 500 },
  );
});
