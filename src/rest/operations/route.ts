import { operation, TOUCH_FILTER, TOUCH_ROUTE, TOUCH_SERVICE, TOUCH_UPSTREAM, touch } from './operation';

const FILTER = 'filter_id filter_name filter_type config_json';
const ROUTE_FILTERS = 'route_filters { filter { filter_name filter_type } }';
/** The route of that name in the service of that name. */
const ONE_ROUTE = '_and: {route_name: {_eq: $route_name}, service: {service_name: {_eq: $service_name}}}';

export const INSERT_SERVICE_ROUTE = operation(`
mutation insert_service_route(
  $service_name: String!
  $route_name: String!
  $route_prefix: String
  $route_config: String
  $config_json: jsonb
) {
  insert_saaras_db_route(
    objects: {
      route_name: $route_name
      route_prefix: $route_prefix
      route_config: $route_config
      config_json: $config_json
      ${TOUCH_SERVICE}
    }
  ) { affected_rows }
}`);

export const GET_ROUTES = operation(`
query get_service_routes($service_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_route(
    where: {service: {service_name: {_eq: $service_name}}, route_id: {_gt: $after}}
    order_by: {route_id: asc}
    limit: $limit
  ) { route_id route_name route_prefix route_config: config_json create_ts update_ts ${ROUTE_FILTERS} }
}`);

export const GET_ROUTE = operation(`
query get_service_routes($service_name: String!, $route_name: String!) {
  saaras_db_route(where: {${ONE_ROUTE}}) { route_id route_name route_prefix create_ts update_ts ${ROUTE_FILTERS} }
}`);

/** What a route matches, as stored. */
export const GET_ROUTE_CONDITION = operation(`
query get_service_routes($service_name: String!, $route_name: String!) {
  saaras_db_route(where: {${ONE_ROUTE}}) { route_prefix route_config config_json }
}`);

export const UPDATE_ROUTE = operation(`
mutation update_route(
  $service_name: String!
  $route_name: String!
  $route_prefix: String!
  $route_config: String!
  $config_json: jsonb!
) {
  update_saaras_db_route(
    where: {${ONE_ROUTE}}
    _set: {route_prefix: $route_prefix, route_config: $route_config, config_json: $config_json}
  ) { affected_rows }
}`);

export const DELETE_ROUTE = operation(`
mutation delete_service_route($service_name: String!, $route_name: String!) {
  delete_saaras_db_route(where: {${ONE_ROUTE}}) { affected_rows }
}`);

/** A page shows the upstreams' ids too: the next page begins after the last of them. */
export const GET_ROUTE_UPSTREAMS = operation(`
query get_upstream($service_name: String!, $route_name: String!, $limit: Int, $after: bigint!, $paged: Boolean!) {
  saaras_db_route(where: {${ONE_ROUTE}}) {
    route_name
    route_prefix
    route_upstreams(where: {upstream_id: {_gt: $after}}, order_by: {upstream_id: asc}, limit: $limit) {
      upstream { upstream_id @include(if: $paged) upstream_name upstream_ip upstream_port create_ts update_ts }
    }
  }
}`);

export const INSERT_ROUTE_UPSTREAM = operation(`
mutation insert_route_upstream($service_name: String!, $route_name: String!, $upstream_name: String!) {
  insert_saaras_db_route_upstream(
    objects: {${TOUCH_UPSTREAM}, ${TOUCH_ROUTE}}
    ${touch('route_upstream_route_id_upstream_id_key')}
  ) { affected_rows }
}`);

export const DELETE_ROUTE_UPSTREAM = operation(`
mutation delete_route_upstream($service_name: String!, $route_name: String!, $upstream_name: String!) {
  delete_saaras_db_route_upstream(where: {_and: {route: {${ONE_ROUTE}}, upstream: {upstream_name: {_eq: $upstream_name}}}}) {
    affected_rows
  }
}`);

export const INSERT_ROUTE_FILTER = operation(`
mutation insert_into_route_filter($service_name: String!, $route_name: String!, $filter_name: String!) {
  insert_saaras_db_route_filter(
    objects: {${TOUCH_FILTER}, ${TOUCH_ROUTE}}
    ${touch('route_filter_pkey')}
  ) { affected_rows }
}`);

/** One existence test for the route of that name in that service: two would mix the links of different services. */
export const GET_ROUTE_FILTER = operation(`
query get_filter_for_service_route2($service_name: String!, $route_name: String!, $filter_name: String!) {
  saaras_db_filter(where: {_and: [{filter_name: {_eq: $filter_name}}, {route_filters: {route: {${ONE_ROUTE}}}}]}) { ${FILTER} }
}`);

export const GET_ROUTE_FILTERS = operation(`
query get_filter_for_service_route2($service_name: String!, $route_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_filter(
    where: {_and: [{route_filters: {route: {${ONE_ROUTE}}}}, {filter_id: {_gt: $after}}]}
    order_by: {filter_id: asc}
    limit: $limit
  ) { ${FILTER} }
}`);

export const DELETE_ROUTE_FILTER = operation(`
mutation delete_route_filter($service_name: String!, $route_name: String!, $filter_name: String!) {
  delete_saaras_db_route_filter(
    where: {
      _and: [
        {filter: {filter_name: {_eq: $filter_name}}}
        {route: {service: {service_name: {_eq: $service_name}}}}
        {route: {route_name: {_eq: $route_name}}}
      ]
    }
  ) { affected_rows }
}`);
