import { GatewayError } from '../../errors';
import type { Call, Endpoint } from '../endpoint';
import type { Operation } from '../operations/operation';
import * as operations from '../operations/status';

/** What the operations of one object answer. */
interface ObjectAnswer {
  readonly data: {
    readonly found: readonly unknown[];
    readonly programmed: readonly { readonly proxy: string; readonly programmed: number; readonly envoys: number }[];
    readonly rejected: readonly unknown[];
    readonly reporting?: readonly Reporting[];
    readonly unhealthy?: readonly (Reporting & Readonly<Record<string, unknown>>)[];
  };
}

/** An Envoy whose view of the upstreams is known. */
interface Reporting {
  readonly node: string;
  readonly proxy: string;
}

export const STATUS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/status',
    summary: 'Show the connected Envoys, what each has accepted, and every rejected object with whose words',
    status: 200,
    operation: operations.GET_STATUS,
    present: (body) => {
      const { envoys, rejected } = (JSON.parse(body) as { data: { envoys: unknown[]; rejected: unknown[] } }).data;
      return JSON.stringify({ data: { connected: envoys.length, envoys, rejected } });
    },
  },
  statusOf('proxy', operations.GET_PROXY_STATUS),
  statusOf('service', operations.GET_SERVICE_STATUS),
  {
    method: 'GET',
    path: '/status/route/:service_name/:route_name',
    summary: 'Show on how many Envoys a route is, and who rejects it',
    status: 200,
    operation: operations.GET_ROUTE_STATUS,
    variables: (call) => {
      const [service_name, route_name] = [call.param('service_name'), call.param('route_name')];
      return { name: `${service_name}/${route_name}`, service_name, route_name };
    },
    present: (body, call) => {
      const [service, route] = [call.param('service_name'), call.param('route_name')];
      const list = `/service/${encodeURIComponent(service)}/route`;
      return presentObject(body, 'route', `${service}/${route}`, `route ${route} of service ${service}`, list);
    },
  },
  statusOf('upstream', operations.GET_UPSTREAM_STATUS, ', and which of its endpoints the Envoys do not find healthy'),
  statusOf('filter', operations.GET_FILTER_STATUS),
  statusOf('secret', operations.GET_SECRET_STATUS),
  statusOf('globalconfig', operations.GET_GLOBALCONFIG_STATUS),
  { method: 'GET', path: '/status/:status', summary: 'Say that the server answers', status: 200, body: '{"Status" : "OK"}' },
  { method: 'GET', path: '/health', summary: 'Say that the server answers, without a body', status: 200, body: '' },
];

function statusOf(kind: string, operation: Operation, more = ''): Endpoint {
  const parameter = `${kind}_name`;
  const nameOf = (call: Call) => call.param(parameter);
  return {
    method: 'GET',
    path: `/status/${kind}/:${parameter}`,
    summary: `Show on how many Envoys a ${kind} is, and who rejects it${more}`,
    status: 200,
    operation,
    variables: (call) => ({ name: nameOf(call) }),
    present: (body, call) => presentObject(body, kind, nameOf(call), `${kind} ${nameOf(call)}`, `/${kind}`),
  };
}

/** @throws GatewayError object_not_found */
function presentObject(body: string, kind: string, name: string, words: string, list: string): string {
  const { found, programmed, rejected, reporting, unhealthy } = (JSON.parse(body) as ObjectAnswer).data;
  if (found.length === 0)
    throw new GatewayError('object_not_found', `${words} does not exist; GET ${list} lists those there are`);
  const summary = programmed.map((on) => `programmed on ${on.programmed} of ${on.envoys} Envoys of proxy ${on.proxy}`).join(', ');
  const serving = new Set(programmed.map(({ proxy }) => proxy));
  const health = reporting
    ?.filter(({ proxy }) => serving.has(proxy))
    .map(({ node, proxy }) => ({ node, proxy, unhealthy: (unhealthy ?? []).filter(isSeenBy(node, proxy)).map(withoutReporter) }));
  const data = { kind, name, summary: summary || 'served by no proxy', programmed, rejected, ...(health && { health }) };
  return JSON.stringify({ data });
}

function isSeenBy(node: string, proxy: string): (seen: Reporting) => boolean {
  return (seen) => seen.node === node && seen.proxy === proxy;
}

function withoutReporter({ node: _node, proxy: _proxy, ...endpoint }: Reporting): object {
  return endpoint;
}
