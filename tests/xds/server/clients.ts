import type { ProxyModel } from '../../../src/gateway';
import type { Variant } from '../../../src/xds/server/protocol';
import type { ResourceKind } from '../../../src/xds/translate';
import { proxy, route, service, upstream, whole } from '../../support/models';
import { configOn, ManualClock, ScriptedClient } from './scripted-client';

/** A cluster with it may be warming for four seconds. */
export const SLOW_CHECK = {
  path: '/',
  host: 'h',
  intervalSeconds: 1,
  timeoutSeconds: 4,
  unhealthyThreshold: 1,
  healthyThreshold: 1,
};

/** One host a number, each on an upstream of its own. */
export const hosts = (...numbers: number[]): ProxyModel =>
  proxy(numbers.map((number) => service(number, `${number}.test`, [route(number, '/', [upstream(number, 9000 + number)])])));
/** The host 1.test on an upstream. */
export const on = (id: number): ProxyModel => proxy([service(1, '1.test', [route(1, '/', [upstream(id, 9000 + id)])])]);

let version = 1;
/** The proxy is to be served otherwise from now on. */
export function set(client: ScriptedClient, model: ProxyModel): void {
  version += 1;
  client.config.apply(whole({ ...model, version: String(version) }));
}

/** A client that asks for everything that there is, as Envoy does, and accepts it. */
export function greet(client: ScriptedClient, routes: readonly string[] = [...client.config.targets.route.keys()]): void {
  const { targets } = client.config;
  client.ask('cluster');
  const endpoints = [...targets.endpoint.keys()];
  client.ask('endpoint', endpoints);
  if (endpoints.length > 0) client.ack(client.last('endpoint'));
  client.ack(client.last('cluster'));
  client.ask('scope');
  client.ack(client.last('scope'));
  client.ask('listener');
  client.ack(client.last('listener'));
  client.ask('route', routes);
  client.ack(client.last('route'));
}

/** A client that has accepted everything of the model. */
export function settled(variant: Variant, model: ProxyModel, routes?: readonly string[]): ScriptedClient {
  const clock = new ManualClock();
  const client = new ScriptedClient(variant, clock, configOn(clock, { ...model, version: String(version) }));
  greet(client, routes);
  client.received.length = 0;
  return client;
}

export function fresh(variant: Variant, model?: ProxyModel): ScriptedClient {
  const clock = new ManualClock();
  return new ScriptedClient(variant, clock, configOn(clock, model));
}

/** Accepts the responses of a kind until no other comes. */
export function ackAll(client: ScriptedClient, kind: ResourceKind): void {
  for (;;) {
    const last = client.last(kind);
    client.ack(last);
    if (client.last(kind) === last) return;
  }
}
