import { isIP } from 'node:net';
import path from 'node:path';
import type { Address, PemFiles, Settings } from '../settings';

export interface BootstrapOptions {
  /** `node.cluster`: the proxy that this Envoy is. */
  readonly proxyName: string;
  /** `node.id`: tells the Envoys of one proxy apart. */
  readonly nodeId: string;
  readonly xds: Address;
  readonly rateLimit: Address;
  /** Other control planes that are as good: Envoy takes each in turn until one answers. */
  readonly peers?: Settings['peers'];
  /** The port of Envoy's admin interface, always on loopback. */
  readonly adminPort: number;
  /** The rate limit service is not the built-in one, and is dialled in clear. */
  readonly isOtherService?: boolean;
  /** Paths of files, as this Envoy sees them, by which it dials both; undefined dials in clear. */
  readonly tls?: PemFiles | undefined;
}

/**
 * Envoy's bootstrap (`envoy.config.bootstrap.v3.Bootstrap`, in its JSON form): the node, the two clusters that lead to the
 * control plane, and listeners and clusters by ADS. Everything else comes over xDS.
 */
export function bootstrap(options: BootstrapOptions): object {
  const { proxyName, nodeId, xds, rateLimit, isOtherService, peers, adminPort, tls } = options;
  const byAds = { ads: {}, resource_api_version: 'V3', initial_fetch_timeout: WAIT_FOR_THE_CONFIGURATION };
  return {
    node: { id: nodeId, cluster: proxyName },
    admin: {
      address: socketAddress({ host: '127.0.0.1', port: adminPort }),
      ignore_global_conn_limit: true,
    },
    dynamic_resources: {
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        set_node_on_first_message_only: true,
        grpc_services: [{ envoy_grpc: { cluster_name: 'enroute', retry_policy: RECONNECT } }],
      },
      lds_config: byAds,
      cds_config: byAds,
    },
    static_resources: {
      clusters: [
        controlPlaneCluster('enroute', [xds, ...(peers?.xds ?? [])], proxyName, tls),
        isOtherService
          ? controlPlaneCluster('enroute_ratelimit', [rateLimit], proxyName, undefined)
          : controlPlaneCluster('enroute_ratelimit', [rateLimit, ...(peers?.rateLimit ?? [])], proxyName, tls),
      ],
    },
    // With thousands of clusters a flush stops the main thread for a tenth of a second, and no sink wants it.
    stats_flush_on_admin: true,
    overload_manager: {
      resource_monitors: [
        {
          name: 'envoy.resource_monitors.global_downstream_max_connections',
          typed_config: {
            '@type':
              'type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
            max_active_downstream_connections: 50_000,
          },
        },
      ],
    },
    // Envoy's own limit of 100 refuses regular expressions of ordinary length in routes.
    layered_runtime: { layers: [{ name: 'static', static_layer: { re2: { max_program_size: { error_level: 4096 } } } }] },
  };
}

/** No time-out: without a configuration there is nothing to serve, and `/ready` must not say otherwise. */
const WAIT_FOR_THE_CONFIGURATION = '0s';

/** Envoy alone would wait up to 30 s before it looks for a control plane that was restarted. */
const RECONNECT = { retry_back_off: { base_interval: '0.1s', max_interval: '2s' } };

/**
 * A gRPC cluster, its addresses found by DNS when one is a name, with breakers that never get in the control plane's way. Of
 * several addresses each try takes the next.
 */
function controlPlaneCluster(
  name: string,
  addresses: readonly [Address, ...Address[]],
  proxyName: string,
  tls: PemFiles | undefined,
): object {
  const thresholds = { max_connections: 100_000, max_pending_requests: 100_000, max_requests: 60_000_000, max_retries: 50 };
  return {
    name,
    alt_stat_name: `${proxyName}_${name}_${addresses[0].port}`,
    ...(addresses.some(({ host }) => isIP(host) === 0)
      ? { type: 'STRICT_DNS', dns_lookup_family: 'V4_PREFERRED' }
      : { type: 'STATIC' }),
    connect_timeout: addresses.length > 1 ? '2s' : '5s',
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: addresses.map((address) => ({ endpoint: { address: socketAddress(address) } })) }],
    },
    circuit_breakers: {
      thresholds: [
        { priority: 'DEFAULT', ...thresholds },
        { priority: 'HIGH', ...thresholds },
      ],
    },
    ...(tls && transportSocket(addresses, tls)),
    upstream_connection_options: { tcp_keepalive: { keepalive_probes: 3, keepalive_time: 30, keepalive_interval: 5 } },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        explicit_http_config: { http2_protocol_options: { connection_keepalive: { interval: '30s', timeout: '5s' } } },
      },
    },
  };
}

/** TLS with a certificate of our own, to servers whose certificates are for one of the names or addresses that are dialled. */
function transportSocket(addresses: readonly [Address, ...Address[]], { certificate, privateKey, authority }: PemFiles): object {
  const isName = (host: string): boolean => isIP(host) === 0;
  const [{ host: first }] = addresses;
  const hosts = [...new Set(addresses.map(({ host }) => host))];
  return {
    transport_socket: {
      name: 'envoy.transport_sockets.tls',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
        ...(isName(first) && { sni: first }),
        common_tls_context: {
          tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
          alpn_protocols: ['h2'],
          tls_certificates: [{ certificate_chain: { filename: certificate }, private_key: { filename: privateKey } }],
          validation_context: {
            trusted_ca: { filename: authority },
            match_typed_subject_alt_names: hosts.map((host) => ({
              san_type: isName(host) ? 'DNS' : 'IP_ADDRESS',
              matcher: { exact: host },
            })),
          },
        },
      },
    },
  };
}

function socketAddress({ host, port }: Address): object {
  return { socket_address: { address: host, port_value: port } };
}

/**
 * The bootstrap of an Envoy that runs elsewhere as the given proxy: it dials the control plane under its advertised name.
 * A rate limit service of its own is dialled as it is set. Envoy's own `--service-node` tells several of them apart.
 * @param certificates the folder on that machine with `cert.pem`, `key.pem` and `ca.pem`; where they are on this one when undefined
 */
export function bootstrapElsewhere(
  { advertiseHost, xds, rateLimit, peers, envoy, tls }: Settings,
  proxyName: string,
  certificates: string | undefined,
): object {
  return bootstrap({
    proxyName,
    nodeId: `${proxyName}-envoy`,
    xds: { host: advertiseHost, port: xds.port },
    rateLimit: rateLimit.service ?? { host: advertiseHost, port: rateLimit.port },
    isOtherService: rateLimit.service !== undefined,
    peers,
    adminPort: envoy.adminPort,
    tls: tls && (certificates === undefined ? tls.client : filesIn(certificates)),
  });
}

/** The files of a folder as `certgen` names them. */
function filesIn(folder: string): PemFiles {
  const file = (name: string): string => path.posix.join(folder, name);
  return { certificate: file('cert.pem'), privateKey: file('key.pem'), authority: file('ca.pem') };
}
