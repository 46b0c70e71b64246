import type { RateLimitAction } from '../gateway';
import type { RouteInput } from '../xds';
import type { ExplainedFilter } from './filters';
import type { SeenRequest } from './request';

/** One entry a descriptor, in the order in which they are sent. */
export function explainRateLimits({ route, groups, rateLimitDomain }: RouteInput, request: SeenRequest): ExplainedFilter[] {
  return route.filters.rateLimits.map((actions) => {
    const missing = actions.find((action) => action.kind === 'request_headers' && !valueOf(action.headerName, request));
    if (missing?.kind === 'request_headers')
      return { kind: 'rate_limit', does: `counts nothing: the request has no header ${missing.headerName}` };
    const cluster = groups.length === 1 ? (groups[0]?.clusterName ?? '') : '<the chosen cluster>';
    const entries = actions.map((action) => descriptorEntry(action, cluster, request)).join(', ');
    return {
      kind: 'rate_limit',
      does: `counts it as ${entries} in the domain ${rateLimitDomain}; over a limit the answer is 429`,
    };
  });
}

function valueOf(name: string, request: SeenRequest): string | undefined {
  return request.headers.get(name.toLowerCase());
}

function descriptorEntry(action: RateLimitAction, cluster: string, request: SeenRequest): string {
  switch (action.kind) {
    case 'generic_key':
      return `generic_key ${JSON.stringify(action.value)}`;
    case 'request_headers':
      return `${action.descriptorKey} ${JSON.stringify(valueOf(action.headerName, request))}`;
    case 'remote_address':
      return 'remote_address <address of the client>';
    case 'source_cluster':
      return "source_cluster <the Envoy's own>";
    case 'destination_cluster':
      return `destination_cluster ${JSON.stringify(cluster)}`;
  }
}
