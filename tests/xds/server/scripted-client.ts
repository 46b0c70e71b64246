import pino from 'pino';
import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { Secret } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { DiscoveryRequest, DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { Session } from '../../../src/xds/server/session';
import { TYPE_URLS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';

/** A response as a test reads it. */
export interface Received {
  readonly kind: ResourceKind;
  readonly version: string;
  readonly nonce: string;
  /** The resources' names in order. */
  readonly names: readonly string[];
  readonly response: DiscoveryResponse;
}

/** A session with a clock that stands still until it is moved, and a client that says just what the test makes it say. */
export class ScriptedClient {
  readonly received: Received[] = [];
  readonly logged: { readonly msg: string; readonly reason?: string; readonly type?: string }[] = [];
  session: Session;
  now = 1_000;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  constructor() {
    this.session = this.#open();
  }

  #open(): Session {
    return new Session({
      send: (bytes) => this.received.push(read(DiscoveryResponse.decode(bytes))),
      now: () => this.now,
      after: (milliseconds, callback) => {
        const timer = { at: this.now + milliseconds, callback };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
      log: pino({ level: 'warn' }, { write: (line: string) => void this.logged.push(JSON.parse(line) as { msg: string }) }),
    });
  }

  /** A new stream of the same client. */
  reconnect(): void {
    this.session.close();
    this.received.length = 0;
    this.session = this.#open();
  }

  /** Moves the clock, and calls what was due on the way. */
  pass(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.now = Math.max(this.now, due.at);
      due.callback();
    }
    this.now = until;
  }

  get timers(): number {
    return this.#timers.length;
  }

  ask(kind: ResourceKind, names: readonly string[] = [], version = ''): void {
    this.session.onRequest(
      DiscoveryRequest.fromPartial({ typeUrl: TYPE_URLS[kind], resourceNames: [...names], versionInfo: version }),
    );
  }

  /** Accepts a response, asking for the names from then on. */
  ack({ kind, nonce, version }: Received, names: readonly string[] = []): void {
    this.session.onRequest(
      DiscoveryRequest.fromPartial({
        typeUrl: TYPE_URLS[kind],
        resourceNames: [...names],
        versionInfo: version,
        responseNonce: nonce,
      }),
    );
  }

  nack({ kind, nonce }: Received, reason: string, names: readonly string[] = []): void {
    this.session.onRequest(
      DiscoveryRequest.fromPartial({
        typeUrl: TYPE_URLS[kind],
        resourceNames: [...names],
        responseNonce: nonce,
        errorDetail: { code: 3, message: reason },
      }),
    );
  }

  /** The responses of a kind, oldest first. */
  of(kind: ResourceKind): readonly Received[] {
    return this.received.filter((each) => each.kind === kind);
  }

  last(kind: ResourceKind): Received {
    const found = this.of(kind).at(-1);
    if (!found) throw new Error(`no response of ${kind} yet`);
    return found;
  }

  /** The hosts of a response's route configuration (the last one), each with the clusters that it leads to. */
  hosts({ response } = this.last('route')): Record<string, string[]> {
    const configuration = RouteConfiguration.decode(response.resources[0]!.value);
    return Object.fromEntries(
      configuration.virtualHosts.map(({ name, routes }) => [
        name,
        routes.flatMap(({ route }) => route?.cluster ?? route?.weightedClusters?.clusters.map((entry) => entry.name) ?? []),
      ]),
    );
  }
}

const CODECS = {
  cluster: Cluster,
  endpoint: ClusterLoadAssignment,
  listener: Listener,
  route: RouteConfiguration,
  secret: Secret,
};

function read(response: DiscoveryResponse): Received {
  const kind = (Object.keys(TYPE_URLS) as ResourceKind[]).find((each) => TYPE_URLS[each] === response.typeUrl)!;
  const names = response.resources.map(({ value }) => {
    const message = CODECS[kind].decode(value);
    return 'clusterName' in message ? message.clusterName : message.name;
  });
  return { kind, version: response.versionInfo, nonce: response.nonce, names, response };
}
