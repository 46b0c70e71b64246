import type { Registry } from 'prom-client';
import { Counter, Gauge } from 'prom-client';
import { KINDS } from '../xds';
import type { Push, XdsClient, XdsObserver } from '../xds';

export interface ClientMetrics extends XdsObserver {
  /** Which proxies exist: a client may name any other. */
  proxiesFrom(exists: (proxy: string) => boolean): void;
}

/** Beyond so many proxies the rest is counted together, as are proxies that do not exist. */
const MOST_PROXIES = 100;
const OTHER = 'other';

/** The clients of the xDS server, what they are sent and what they say to it. */
export function observeClients(registry: Registry): ClientMetrics {
  const registers = [registry];
  const connected = new Map<string, number>();
  let exists: (proxy: string) => boolean = () => false;
  new Gauge({
    name: 'enroute_envoys_connected',
    help: 'Envoys, and gRPC clients without one, that are connected to this instance, by their proxy.',
    labelNames: ['proxy'],
    registers,
    collect() {
      this.reset();
      const named = [...connected].filter(([proxy]) => exists(proxy)).slice(0, MOST_PROXIES);
      for (const [proxy, count] of named) this.set({ proxy }, count);
      const all = [...connected.values()].reduce((sum, count) => sum + count, 0);
      const rest = all - named.reduce((sum, [, count]) => sum + count, 0);
      if (rest > 0 || named.length === 0) this.inc({ proxy: OTHER }, rest);
    },
  });
  const counter = (name: string, help: string) => new Counter({ name, help, labelNames: ['type'], registers });
  const responses = counter('enroute_xds_responses_total', 'Responses handed to clients, by the type of their resources.');
  const resources = counter('enroute_xds_resources_sent_total', 'Resources in those responses, those taken away included.');
  const bytes = counter('enroute_xds_sent_bytes_total', 'The size of those responses.');
  const accepted = counter('enroute_xds_acknowledged_total', 'Versions of configurations that clients accepted (ACK).');
  const rejected = counter('enroute_xds_rejected_total', 'Versions of configurations that clients rejected (NACK).');
  for (const one of [responses, resources, bytes, accepted, rejected]) for (const type of KINDS) one.inc({ type }, 0);
  const add = (client: XdsClient, difference: number): void => {
    const count = (connected.get(client.proxy) ?? 0) + difference;
    if (count > 0) connected.set(client.proxy, count);
    else connected.delete(client.proxy);
  };
  return {
    proxiesFrom: (asked) => (exists = asked),
    connected: (client) => add(client, 1),
    gone: (client) => add(client, -1),
    moved: () => undefined,
    sent(_client, { kind, resources: many, removed, bytes: size }: Push) {
      responses.inc({ type: kind });
      resources.inc({ type: kind }, many + removed);
      bytes.inc({ type: kind }, size);
    },
    answered(_client, kind, isAccepted) {
      (isAccepted ? accepted : rejected).inc({ type: kind });
    },
  };
}
