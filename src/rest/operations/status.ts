import type { Operation } from './operation';
import { operation } from './operation';

/** Each instance of the gateway says what it rejects: what several say is one row. */
const DISTINCT = ['kind', 'name', 'proxy', 'object', 'rejected_by', 'resource', 'reason'];
const REJECTED = `distinct_on: [${DISTINCT.join(', ')}], order_by: [${[...DISTINCT, 'since'].map((column) => `{${column}: asc}`).join(', ')}]`;

export const GET_STATUS = operation(`
query get_status {
  envoys: gateway_envoy(order_by: [{proxy: asc}, {node: asc}, {connected_since: asc}, {id: asc}]) {
    node proxy instance peer user_agent acknowledged_change connected_since last_error last_error_at
  }
  rejected: gateway_object_status(${REJECTED}) { kind name proxy object rejected_by resource reason since }
}`);

const ENVOY_HEALTH = `
  reporting: gateway_envoy(distinct_on: [proxy, node], order_by: [{proxy: asc}, {node: asc}], where: {reports_health: {_eq: true}}) { node proxy }
  unhealthy: gateway_upstream_health(
    distinct_on: [proxy, node, cluster, address, port]
    order_by: [{proxy: asc}, {node: asc}, {cluster: asc}, {address: asc}, {port: asc}]
    where: {upstream: {_eq: $name}}
  ) { node proxy cluster address port health since }`;

/** @param found the root that finds the object by `$name` */
function objectStatus(kind: string, variables: string, found: string, more = ''): Operation {
  return operation(`
query get_${kind}_status(${variables}) {
  found: ${found}
  programmed: gateway_object_programmed(where: {kind: {_eq: "${kind}"}, name: {_eq: $name}}, order_by: [{proxy: asc}]) {
    proxy programmed envoys
  }
  rejected: gateway_object_status(where: {kind: {_eq: "${kind}"}, name: {_eq: $name}}, ${REJECTED}) {
    proxy object rejected_by resource reason since
  }${more}
}`);
}

function byName(kind: string, more?: string): Operation {
  const found = `saaras_db_${kind}(where: {${kind}_name: {_eq: $name}}) { ${kind}_id }`;
  return objectStatus(kind, '$name: String!', found, more);
}

export const GET_PROXY_STATUS = byName('proxy');
export const GET_SERVICE_STATUS = byName('service');
export const GET_UPSTREAM_STATUS = byName('upstream', ENVOY_HEALTH);
export const GET_FILTER_STATUS = byName('filter');
export const GET_SECRET_STATUS = byName('secret');
export const GET_GLOBALCONFIG_STATUS = byName('globalconfig');
export const GET_ROUTE_STATUS = objectStatus(
  'route',
  '$name: String!, $service_name: String!, $route_name: String!',
  'saaras_db_route(where: {_and: {route_name: {_eq: $route_name}, service: {service_name: {_eq: $service_name}}}}) { route_id }',
);
