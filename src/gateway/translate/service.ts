import { checkFqdn } from '../../validation';
import type { ObjectRef, Route, Service, ServiceTls, TlsPair, Upstream } from '../model';
import type { AuthorityRow, RouteRow, ServiceRow, UpstreamRow } from '../rows';
import { FilterReader, translateRouteFilters, translateServiceFilters } from './filters';
import { translateMatch } from './match';
import { Problems } from './problems';
import { remembering } from './remembering';
import { translateUpstream } from './upstream';

/** What a service's translation needs beside its own rows. */
export interface Surroundings {
  /** The secrets that upstreams may name as their certificate authority, by name. */
  readonly authorities: ReadonlyMap<string, AuthorityRow>;
  /** The pair to serve for each secret that has, or had, a usable one. */
  readonly pairs: ReadonlyMap<number, TlsPair>;
}

/** Rows to model; whatever cannot be served is left out alone and named in the service's problems. */
export function translateService(row: ServiceRow, around: Surroundings): Service {
  const problems = new Problems();
  const object: ObjectRef = { kind: 'service', name: row.service_name };
  const upstreams = remembering((upstream: UpstreamRow) => translateUpstream(upstream, around.authorities, object, problems));
  const filters = new FilterReader(object, problems);
  const routes = byId(row.routes, (route) => route.route_id).flatMap(
    (route) => translateRoute(route, object, { upstreams, filters, problems }) ?? [],
  );
  return {
    id: row.service_id,
    name: row.service_name,
    host: problems.take(object, checkFqdn(row.fqdn ?? ''))?.host,
    routes,
    filters: translateServiceFilters(
      row.service_filters.map((link) => link.filter),
      object,
      filters,
    ),
    tls: translateTls(row, around.pairs, object, problems),
    problems: problems.list,
  };
}

/** What the routes of a service share. */
interface Shared {
  readonly upstreams: (row: UpstreamRow) => Upstream | undefined;
  readonly filters: FilterReader;
  readonly problems: Problems;
}

function translateRoute(row: RouteRow, service: ObjectRef, { filters, ...shared }: Shared): Route | undefined {
  const object: ObjectRef = { kind: 'route', name: row.route_name, of: service };
  const match = translateMatch(row, object, shared.problems);
  if (!match) return undefined;
  const upstreams = byId(
    row.route_upstreams.map((link) => link.upstream),
    (upstream) => upstream.upstream_id,
  );
  return {
    id: row.route_id,
    name: row.route_name,
    match,
    upstreams: upstreams.flatMap((upstream) => shared.upstreams(upstream) ?? []),
    filters: translateRouteFilters(
      row.route_filters.map((link) => link.filter),
      object,
      filters,
    ),
  };
}

/** The first linked secret that has a pair to serve, else the first one without. */
function translateTls(
  row: ServiceRow,
  pairs: ReadonlyMap<number, TlsPair>,
  object: ObjectRef,
  problems: Problems,
): ServiceTls | undefined {
  const secrets = byId(row.service_secrets, (link) => link.service_secret_id).map((link) => link.secret);
  const secret = secrets.find((candidate) => pairs.has(candidate.secret_id)) ?? secrets[0];
  if (!secret) return undefined;
  const pair = pairs.get(secret.secret_id);
  if (!pair)
    problems.add(
      { kind: 'secret', name: secret.secret_name, of: object },
      'has no private key and certificate that match: nothing is served',
    );
  return { secretId: secret.secret_id, secretName: secret.secret_name, pair };
}

function byId<T>(rows: readonly T[], id: (row: T) => number): T[] {
  return [...rows].sort((one, other) => id(one) - id(other));
}
