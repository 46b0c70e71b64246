import { Cluster, Cluster_DiscoveryType } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { FilterChain } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { HttpConnectionManager } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { DownstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { StringValue } from '../../../gen/envoy-api/google/protobuf/wrappers';
import type { Matcher, Matcher_OnMatch as OnMatch } from '../../../gen/envoy-api/xds/type/matcher/v3/matcher';
import type { ProxyConfig } from '../../../src/xds/config';
import type { Resource } from '../../../src/xds/resource';
import type { Variant } from '../../../src/xds/server/protocol';
import { httpRoutesName, KINDS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';
import type { ManualClock, Received } from './scripted-client';
import { hostsOf, ScriptedClient, WHOLE } from './scripted-client';

/** What a listener or a filter chain makes Envoy ask for. */
interface Needs {
  readonly chains: readonly string[];
  readonly isScoped: boolean;
  readonly routes: readonly string[];
  readonly secrets: readonly string[];
}

const needs = new Map<string, Needs>();
const clusters = new Map<string, readonly string[]>();
const eds = new Map<string, boolean>();

/**
 * A client that keeps Envoy's rules: it handles responses in order, withholds its answer on clusters while any warms up,
 * asks for the endpoints of the clusters that it has and for the filter chains, routes and secrets of the listeners, filter chains and scopes that it has,
 * ignores that routes were taken away which it still asks for, and answers the rest at once.
 */
export class EnvoyModel {
  readonly client: ScriptedClient;
  /** By kind and name. */
  readonly held = Object.fromEntries(KINDS.map((kind) => [kind, new Map<string, Resource>()])) as Record<
    ResourceKind,
    Map<string, Resource>
  >;
  readonly #accepted = new Map<ResourceKind, string>();
  /** Of a client of the state of the world: what it had when it came back, of which it can say no more than one version. */
  #older = new Set<Resource>();
  #handled = 0;
  #withheld: Received | undefined;

  constructor(variant: Variant, clock: ManualClock, config: ProxyConfig) {
    this.client = new ScriptedClient(variant, clock, config);
    this.#greet();
  }

  /** Loses the stream with all that was not read of it, and opens another. */
  reconnect(): void {
    this.#handled = 0;
    this.#withheld = undefined;
    if (this.client.variant !== 'delta') this.#older = new Set(this.held.route.values());
    this.client.reconnect();
    this.#greet();
  }

  /** Handles what was sent, `isWarm` telling whether clusters have warmed up by now. @param look called after each response */
  handle(isWarm: boolean, look: () => void = () => undefined): void {
    for (; this.#handled < this.client.received.length; this.#handled += 1) {
      this.#take(this.client.received[this.#handled]!);
      look();
    }
    if (!isWarm || !this.#withheld) return;
    const withheld = this.#withheld;
    this.#withheld = undefined;
    this.client.ack(withheld);
    this.handle(false, look);
  }

  /** What it holds, by kind and name: the version of each. */
  contents(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        Object.fromEntries([...this.held[kind]].map(([name, { version }]) => [name, version] as const).sort()),
      ]),
    );
  }

  /** Routes to clusters that it does not hold. */
  dangling(): string[] {
    const known = [...this.held.route.values()].filter((routes) => !this.#older.has(routes));
    return known.flatMap((routes) =>
      clustersOf(routes).flatMap((cluster) => (this.held.cluster.has(cluster) ? [] : `${routes.name} to ${cluster}`)),
    );
  }

  #greet(): void {
    for (const kind of KINDS) {
      const isWhole = WHOLE.includes(kind);
      const names = isWhole ? [] : this.#wanted(kind);
      if (!isWhole && names.length === 0) continue;
      this.client.ask(kind, names, this.#has(kind));
    }
  }

  #has(kind: ResourceKind): string | ReadonlyMap<string, string> {
    if (this.client.variant !== 'delta') return this.#accepted.get(kind) ?? '';
    return new Map([...this.held[kind]].map(([name, { version }]) => [name, version]));
  }

  #take(response: Received): void {
    const { kind, resources, removed } = response;
    const held = this.held[kind];
    const isWhole = this.client.variant !== 'delta' && WHOLE.includes(kind);
    const names = new Set(resources.map(({ name }) => name));
    const gone = isWhole ? [...held.keys()].filter((name) => !names.has(name)) : kind === 'route' ? [] : removed;
    for (const name of gone) {
      held.delete(name);
      if (kind === 'cluster') this.held.endpoint.delete(name);
    }
    for (const resource of resources) {
      // A cluster that changed has no endpoints until it gets them.
      if (kind === 'cluster' && held.get(resource.name)?.version !== resource.version) this.held.endpoint.delete(resource.name);
      if (isWhole || WHOLE.includes(kind) || this.#wanted(kind).includes(resource.name)) held.set(resource.name, resource);
    }
    if (kind === 'cluster') this.#withheld = response;
    else this.client.ack(response);
    this.#accepted.set(kind, response.version);
    this.#askForMore(kind);
  }

  #askForMore(kind: ResourceKind): void {
    if (kind === 'cluster') this.#ask('endpoint');
    if (kind === 'listener') this.#ask('chain');
    if (kind === 'listener' || kind === 'chain') this.#ask('secret');
    if (kind === 'listener' || kind === 'chain' || kind === 'scope') this.#ask('route');
  }

  #ask(kind: ResourceKind): void {
    const wanted = this.#wanted(kind);
    for (const name of this.held[kind].keys()) if (!wanted.includes(name)) this.held[kind].delete(name);
    this.client.ask(kind, wanted);
  }

  #wanted(kind: ResourceKind): string[] {
    if (kind === 'endpoint') return [...this.held.cluster.values()].filter(isEds).map(({ name }) => name);
    const listeners = [...this.held.listener.values()].map(needsOfListener);
    if (kind === 'chain') return listeners.flatMap(({ chains }) => chains);
    const all = [...listeners, ...[...this.held.chain.values()].map(needsOfChain)];
    if (kind === 'secret') return [...new Set(all.flatMap(({ secrets }) => secrets))];
    const scopes = all.some(({ isScoped }) => isScoped) ? [...this.held.scope.keys()] : [];
    return [...new Set([...all.flatMap(({ routes }) => routes), ...scopes.map(httpRoutesName)])];
  }
}

function clustersOf(routes: Resource): readonly string[] {
  const key = `${routes.name} ${routes.version}`;
  const known = clusters.get(key) ?? Object.values(hostsOf(routes.bytes)).flat();
  clusters.set(key, known);
  return known;
}

function isEds({ bytes, version }: Resource): boolean {
  const found = eds.get(version) ?? Cluster.decode(bytes).type === Cluster_DiscoveryType.EDS;
  eds.set(version, found);
  return found;
}

function needsOfListener(listener: Resource): Needs {
  return remembered(listener, () => {
    const { filterChains, filterChainMatcher } = Listener.decode(listener.bytes);
    return { ...needsOfChains(filterChains), chains: namesIn(filterChainMatcher) };
  });
}

function needsOfChain(chain: Resource): Needs {
  return remembered(chain, () => needsOfChains([FilterChain.decode(chain.bytes)]));
}

function remembered(resource: Resource, find: () => Needs): Needs {
  const found = needs.get(resource.version) ?? find();
  needs.set(resource.version, found);
  return found;
}

function needsOfChains(chains: readonly FilterChain[]): Needs {
  const managers = chains.flatMap(({ filters }) =>
    filters.map(({ typedConfig }) => HttpConnectionManager.decode(typedConfig!.value)),
  );
  const contexts = chains.flatMap(({ transportSocket }) =>
    transportSocket ? DownstreamTlsContext.decode(transportSocket.typedConfig!.value) : [],
  );
  return {
    chains: [],
    isScoped: managers.some(({ scopedRoutes }) => scopedRoutes !== undefined),
    routes: managers.flatMap(({ rds }) => rds?.routeConfigName ?? []),
    secrets: contexts.flatMap(
      ({ commonTlsContext }) => commonTlsContext?.tlsCertificateSdsSecretConfigs.map(({ name }) => name) ?? [],
    ),
  };
}

/** The filter chains that a matcher may choose. */
function namesIn(matcher: Matcher | undefined): string[] {
  if (!matcher) return [];
  const { matcherTree, matcherList, onNoMatch } = matcher;
  const listed = matcherList?.matchers.map(({ onMatch }) => onMatch) ?? [];
  return [...Object.values(matcherTree?.exactMatchMap?.map ?? {}), ...listed, onNoMatch].flatMap(chosenBy);
}

function chosenBy(match: OnMatch | undefined): string[] {
  if (match?.matcher) return namesIn(match.matcher);
  return match?.action ? [StringValue.decode(match.action.typedConfig!.value).value] : [];
}
