import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testEnvoyBinary } from '../../tests/support/envoy';

/** An Envoy with a configuration that never changes. */
export interface StaticEnvoy {
  readonly port: number;
  stop(): Promise<void>;
}

/** What our configuration has beyond a minimal one; a variant leaves some of it out. */
export const PARTS = ['scopes', 'expression', 'filters', 'access log', 'headers added', 'retries', 'connection options'] as const;
export type Part = (typeof PARTS)[number];

const HOST = 'bench.test';
const type = (name: string): { '@type': string } => ({ '@type': `type.googleapis.com/envoy.extensions.${name}` });

/** Answers every request by itself: the upstream. */
export function startAnswering(port: number): Promise<StaticEnvoy> {
  const answer = { status: 200, body: { inline_string: 'x'.repeat(100) } };
  const hosts = [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, direct_response: answer }] }];
  return startStatic(port, [listener(port, manager({ route_config: { virtual_hosts: hosts } }, [router()]))], []);
}

/**
 * Forwards to the upstream: one listener, one route, one cluster.
 * @param parts what it has of what ours has; a minimal one has the same filters and access log
 */
export function startForwarding(port: number, upstream: number, parts: ReadonlySet<Part>): Promise<StaticEnvoy> {
  const start = { header: { key: 'x-request-start', value: 't=%START_TIME(%s.%3f)%' }, append_action: 'APPEND_IF_EXISTS_OR_ADD' };
  const route = {
    match: { prefix: '/' },
    route: {
      cluster: 'upstream',
      ...(parts.has('retries') && { retry_policy: { retry_on: 'connect-failure,refused-stream', num_retries: 2 } }),
    },
    ...(parts.has('headers added') && { request_headers_to_add: [start] }),
  };
  const configuration = {
    name: 'routes',
    ignore_port_in_host_matching: true,
    ...(parts.has('scopes') && { request_headers_to_remove: ['x-enroute-scope'] }),
    virtual_hosts: [{ name: 'host', domains: [HOST], routes: [route] }],
  };
  const scoped = {
    name: 'scopes',
    scope_key_builder: {
      fragments: [{ header_value_extractor: { name: scopeHeader(parts), element_separator: ':', index: 0 } }],
    },
    scoped_route_configurations_list: {
      scoped_route_configurations: [
        { name: HOST, route_configuration: configuration, key: { fragments: [{ string_key: HOST }] } },
      ],
    },
  };
  const fields = {
    ...(parts.has('scopes') ? { scoped_routes: scoped } : { route_config: configuration }),
    ...(parts.has('expression') && { early_header_mutation_extensions: [expression()] }),
    ...(parts.has('access log') && {
      access_log: [{ name: 'stdout', typed_config: type('access_loggers.stream.v3.StdoutAccessLog') }],
    }),
    ...(parts.has('connection options') && {
      http_protocol_options: { accept_http_10: true },
      common_http_protocol_options: { idle_timeout: '60s' },
      request_headers_timeout: '10s',
      use_remote_address: true,
      normalize_path: true,
      preserve_external_request_id: true,
    }),
  };
  const filters = parts.has('filters') ? [...otherFilters(), router()] : [router()];
  return startStatic(
    port,
    [listener(port, manager(fields, filters))],
    [cluster('upstream', upstream), cluster('limits', 1, true)],
  );
}

function scopeHeader(parts: ReadonlySet<Part>): string {
  return parts.has('expression') ? 'x-enroute-scope' : ':authority';
}

function expression(): object {
  const value = "%CEL(request.host.matches('[A-Z]') ? '*' : request.host)%";
  const append = { header: { key: 'x-enroute-scope', value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
  const typed = type('http.early_header_mutation.header_mutation.v3.HeaderMutation');
  return { name: 'scope', typed_config: { ...typed, mutations: [{ append }] } };
}

function otherFilters(): object[] {
  const gzip = { name: 'gzip', typed_config: type('compression.gzip.compressor.v3.Gzip') };
  const limits = { grpc_service: { envoy_grpc: { cluster_name: 'limits' } }, transport_api_version: 'V3' };
  return [
    { name: 'envoy.filters.http.lua', typed_config: type('filters.http.lua.v3.Lua'), disabled: true },
    {
      name: 'envoy.filters.http.compressor',
      typed_config: { ...type('filters.http.compressor.v3.Compressor'), compressor_library: gzip },
    },
    { name: 'envoy.filters.http.grpc_web', typed_config: type('filters.http.grpc_web.v3.GrpcWeb') },
    { name: 'envoy.filters.http.cors', typed_config: type('filters.http.cors.v3.Cors'), disabled: true },
    {
      name: 'envoy.filters.http.ratelimit',
      typed_config: { ...type('filters.http.ratelimit.v3.RateLimit'), domain: 'bench', rate_limit_service: limits },
      disabled: true,
    },
  ];
}

function router(): object {
  return { name: 'envoy.filters.http.router', typed_config: type('filters.http.router.v3.Router') };
}

function manager(fields: object, filters: readonly object[]): object {
  const typed = type('filters.network.http_connection_manager.v3.HttpConnectionManager');
  return { name: 'manager', typed_config: { ...typed, stat_prefix: 'ingress_http', ...fields, http_filters: filters } };
}

function listener(port: number, filter: object): object {
  return { name: 'listener', address: address(port), filter_chains: [{ filters: [filter] }] };
}

function cluster(name: string, port: number, isHttp2 = false): object {
  const options = { ...type('upstreams.http.v3.HttpProtocolOptions'), explicit_http_config: { http2_protocol_options: {} } };
  const endpoints = [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }];
  return {
    name,
    load_assignment: { cluster_name: name, endpoints },
    ...(isHttp2 && { typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': options } }),
  };
}

function address(port: number): object {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

async function startStatic(port: number, listeners: readonly object[], clusters: readonly object[]): Promise<StaticEnvoy> {
  const folder = mkdtempSync(path.join(tmpdir(), 'static-envoy-'));
  const config = path.join(folder, 'envoy.json');
  writeFileSync(config, JSON.stringify({ static_resources: { listeners, clusters } }));
  const log = openSync(path.join(folder, 'access.log'), 'w');
  const args = ['-c', config, '--use-dynamic-base-id', '--log-level', 'error', '--concurrency', '2'];
  const child = spawn(await testEnvoyBinary(), args, { stdio: ['ignore', log, 'inherit'] });
  closeSync(log);
  for (let tries = 0; tries < 500; tries += 1) {
    if (child.exitCode !== null) throw new Error(`Envoy ended with ${child.exitCode}`);
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) break;
    await sleep(20);
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
