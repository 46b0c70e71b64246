import type { AuthorityRow, FilterRow, ProxyRow, RouteRow, SecretRow, ServiceRow, UpstreamRow } from '../../src/gateway/rows';

/** Rows as the golden files write them: columns that are left out are null, links are nested directly. */
export interface GivenService {
  readonly service_id: number;
  readonly service_name: string;
  readonly fqdn?: string;
  readonly routes?: readonly GivenRoute[];
  readonly filters?: readonly FilterRow[];
  /** In the order of their links. */
  readonly secrets?: readonly SecretRow[];
}

interface GivenRoute extends Partial<RouteRow> {
  readonly route_id: number;
  readonly route_name: string;
  readonly upstreams?: readonly GivenUpstream[];
  readonly filters?: readonly FilterRow[];
}

type GivenUpstream = Partial<UpstreamRow> & Pick<UpstreamRow, 'upstream_id' | 'upstream_name'>;

const UPSTREAM = {
  upstream_ip: '127.0.0.1',
  upstream_port: 9001,
  upstream_weight: 100,
  upstream_protocol: null,
  upstream_strategy: null,
  upstream_hc_path: null,
  upstream_hc_host: null,
  upstream_hc_intervalseconds: null,
  upstream_hc_timeoutseconds: null,
  upstream_hc_unhealthythresholdcount: null,
  upstream_hc_healthythresholdcount: null,
  upstream_validation_cacertificate: null,
  upstream_validation_subjectname: null,
};

export function serviceRow(given: GivenService): ServiceRow {
  return {
    service_id: given.service_id,
    service_name: given.service_name,
    fqdn: given.fqdn ?? null,
    proxy_services: [{ proxy_id: 1 }],
    routes: (given.routes ?? []).map(({ upstreams, filters, ...route }) => ({
      route_prefix: null,
      route_config: null,
      ...route,
      route_upstreams: (upstreams ?? []).map((upstream) => ({ upstream: { ...UPSTREAM, ...upstream } })),
      route_filters: (filters ?? []).map((filter) => ({ filter })),
    })),
    service_filters: (given.filters ?? []).map((filter) => ({ filter })),
    service_secrets: (given.secrets ?? []).map((secret, index) => ({ service_secret_id: index + 1, secret })),
  };
}

export interface Given {
  readonly services?: readonly GivenService[];
  readonly proxies?: readonly ProxyRow[];
  readonly authorities?: readonly AuthorityRow[];
}
