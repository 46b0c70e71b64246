import {
  checkAuthorityPem,
  checkHealthCheckNumber,
  checkHealthCheckText,
  checkPort,
  checkProtocol,
  checkStrategy,
  checkUpstreamAddress,
  checkWeight,
} from '../../validation';
import type { Protocol, Strategy } from '../../validation';
import type { HealthCheck, ObjectRef, Upstream, UpstreamValidation } from '../model';
import type { AuthorityRow, UpstreamRow } from '../rows';
import type { Problems } from './problems';

/** The column's default (data-plane reference 0.4). */
const DEFAULT_WEIGHT = 100;

/** data-plane reference 2.5.4, with the protocols that it recommends. */
const TRANSPORTS: Record<Protocol, Upstream['transport']> = {
  '': 'http',
  http: 'http',
  https: 'https',
  tls: 'https',
  h2: 'h2',
  h2c: 'h2c',
  grpc: 'h2c',
  grpcs: 'h2',
};

const STRATEGIES: Record<Strategy, Upstream['strategy']> = {
  RoundRobin: 'ROUND_ROBIN',
  WeightedLeastRequest: 'LEAST_REQUEST',
  Random: 'RANDOM',
  Cookie: 'RING_HASH_COOKIE',
};

/**
 * Undefined, and a problem, when any column is unusable: a half understood upstream gets no traffic.
 * @param service whose routes lead to it
 */
export function translateUpstream(
  row: UpstreamRow,
  authorities: ReadonlyMap<string, AuthorityRow>,
  service: ObjectRef,
  problems: Problems,
): Upstream | undefined {
  const object: ObjectRef = { kind: 'upstream', name: row.upstream_name, of: service };
  if (!row.upstream_ip) return problems.add(object, 'has no address');
  if (row.upstream_port === null) return problems.add(object, 'has no port');
  const where = problems.take(object, checkUpstreamAddress(row.upstream_ip));
  const port = problems.take(object, checkPort(row.upstream_port));
  const weight = problems.take(object, checkWeight(row.upstream_weight ?? DEFAULT_WEIGHT));
  const protocol = problems.take(object, checkProtocol(row.upstream_protocol ?? ''));
  const strategy = problems.take(object, checkStrategy(row.upstream_strategy ?? ''));
  if (!where || port === undefined || weight === undefined || protocol === undefined || !strategy) return undefined;
  const healthCheck = translateHealthCheck(row, object, problems);
  const validation = translateValidation(row, TRANSPORTS[protocol], where.address, authorities, object, problems);
  if (healthCheck === 'unusable' || validation === 'unusable') return undefined;
  return {
    id: row.upstream_id,
    name: row.upstream_name,
    address: where.address,
    isIp: where.isIp,
    port,
    weight,
    transport: TRANSPORTS[protocol],
    grpc: protocol === 'grpc' || protocol === 'grpcs',
    strategy: STRATEGIES[strategy],
    healthCheck,
    validation,
  };
}

/** Set when any hc_* column is, with the defaults of data-plane reference 2.5.5; an empty path is `/`. */
function translateHealthCheck(row: UpstreamRow, object: ObjectRef, problems: Problems): HealthCheck | undefined | 'unusable' {
  const path = problems.take(object, checkHealthCheckText('upstream_hc_path', row.upstream_hc_path ?? ''));
  const host = problems.take(object, checkHealthCheckText('upstream_hc_host', row.upstream_hc_host ?? ''));
  const [interval, timeout, unhealthy, healthy] = (
    [
      'upstream_hc_intervalseconds',
      'upstream_hc_timeoutseconds',
      'upstream_hc_unhealthythresholdcount',
      'upstream_hc_healthythresholdcount',
    ] as const
  ).map((column) => problems.take(object, checkHealthCheckNumber(column, row[column] ?? 0)));
  if (path === undefined || host === undefined || interval === undefined || timeout === undefined) return 'unusable';
  if (unhealthy === undefined || healthy === undefined) return 'unusable';
  if (!path && !host && !interval && !timeout && !unhealthy && !healthy) return undefined;
  return {
    path: path || '/',
    host: host || 'contour-envoy-healthcheck',
    intervalSeconds: interval || 10,
    timeoutSeconds: timeout || 2,
    unhealthyThreshold: unhealthy || 3,
    healthyThreshold: healthy || 2,
  };
}

/** When verification was asked for and cannot be had, the upstream is unusable: it is never served unverified. */
function translateValidation(
  row: UpstreamRow,
  transport: Upstream['transport'],
  address: string,
  authorities: ReadonlyMap<string, AuthorityRow>,
  object: ObjectRef,
  problems: Problems,
): UpstreamValidation | undefined | 'unusable' {
  const name = row.upstream_validation_cacertificate ?? '';
  const subjectName = row.upstream_validation_subjectname ?? '';
  if (name === '' && subjectName === '') return undefined;
  const refuse = (message: string): 'unusable' => problems.add(object, message) ?? 'unusable';
  if (transport !== 'https' && transport !== 'h2') return refuse('asks for verification, but its protocol has no TLS');
  if (name === '') return refuse('has a subject name to verify, but names no secret with the certificate authority');
  const secret = authorities.get(name);
  if (!secret) return refuse(`names the secret ${JSON.stringify(name)} as its certificate authority, but there is none`);
  const artifacts = secret.artifacts.filter((artifact) => artifact.artifact_type === 'ca.crt');
  const [artifact] = artifacts.sort((one, other) => one.artifact_id - other.artifact_id);
  const authority = checkAuthorityPem(artifact?.artifact_value ?? secret.secret_cert ?? '');
  if (!authority.ok) return refuse(`certificate authority in the secret ${JSON.stringify(name)}: ${authority.message}`);
  return { caCertificate: authority.value, subjectName: subjectName || address };
}
