import { operation, TOUCH_FILTER, TOUCH_SECRET, TOUCH_SERVICE, touch } from './operation';

const SERVICE = 'service_id service_name fqdn create_ts update_ts';
const FILTER = 'filter_id filter_name filter_type config_json';

export const GET_SERVICES = operation(`
query get_service($limit: Int, $after: bigint!) {
  saaras_db_service(where: {service_id: {_gt: $after}}, order_by: {service_id: asc}, limit: $limit) { ${SERVICE} }
}`);

export const GET_SERVICE = operation(`
query get_one_service($service_name: String!) {
  saaras_db_service(where: {service_name: {_eq: $service_name}}) { ${SERVICE} }
}`);

/**
 * An existing service keeps its fqdn; one that an association created has none yet and gets this one. The first field's
 * count is the answer.
 */
const insertService = (object: string): string => `
  insert_saaras_db_service(objects: ${object}, ${touch('service_service_name_key')}) { affected_rows }
  update_saaras_db_service(
    where: {service_name: {_eq: $service_name}, fqdn: {_is_null: true}}
    _set: {fqdn: $fqdn}
  ) { affected_rows }`;

export const INSERT_SERVICE = operation(`
mutation insert_service($service_name: String!, $fqdn: String) {${insertService('{service_name: $service_name, fqdn: $fqdn}')}
}`);

export const UPDATE_SERVICE = operation(`
mutation update_service($service_name: String!, $fqdn: String!) {
  update_saaras_db_service(where: {service_name: {_eq: $service_name}}, _set: {fqdn: $fqdn}) { affected_rows }
}`);

export const DELETE_SERVICE = operation(`
mutation delete_service($service_name: String!) {
  delete_saaras_db_service(where: {service_name: {_eq: $service_name}}) { affected_rows }
}`);

export const GET_SERVICE_PROXIES = operation(`
query get_proxy_service($service_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_proxy(
    where: {proxy_services: {service: {service_name: {_eq: $service_name}}}, proxy_id: {_gt: $after}}
    order_by: {proxy_id: asc}
    limit: $limit
  ) { proxy_id proxy_name update_ts create_ts }
}`);

export const GET_SERVICE_DETAIL = operation(`
query get_upstream($service_name: String!) {
  saaras_db_service(where: {service_name: {_eq: $service_name}}) {
    service_id
    service_name
    fqdn
    create_ts
    routes {
      route_id
      route_name
      route_upstreams { upstream { upstream_id upstream_name upstream_ip upstream_port } }
      route_filters { filter { filter_name filter_type } }
      route_prefix
    }
    service_secrets { secret { secret_id secret_name secret_sni secret_key secret_cert } }
    service_filters { filter { filter_name filter_type } }
  }
}`);

/** What a deep copy takes from its source. */
export const GET_SERVICE_TREE = operation(`
query get_service_tree($service_name: String!) {
  saaras_db_service(where: {service_name: {_eq: $service_name}}) {
    fqdn
    routes { route_name route_prefix route_config config_json route_upstreams { upstream_id } route_filters { filter_id } }
    service_filters { filter_id }
    service_secrets { secret_id }
  }
}`);

/** Routes that the target already has stay as they are; what the source links to is linked to them. */
export const DEEPCOPY_SERVICE = operation(`
mutation deepcopy_service($service_name: String!, $fqdn: String, $service: saaras_db_service_insert_input!) {${insertService('[$service]')}
}`);

export const GET_SERVICE_SECRETS = operation(`
query get_upstream($service_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_secret(
    where: {service_secrets: {service: {service_name: {_eq: $service_name}}}, secret_id: {_gt: $after}}
    order_by: {secret_id: asc}
    limit: $limit
  ) { secret_id secret_name artifacts { artifact_id artifact_name artifact_type artifact_value } }
}`);

export const INSERT_SERVICE_SECRET = operation(`
mutation insert_service_secret($service_name: String!, $secret_name: String!) {
  insert_saaras_db_service_secret(
    objects: {${TOUCH_SERVICE}, ${TOUCH_SECRET}}
    ${touch('service_secret_service_id_secret_id_key')}
  ) { affected_rows }
}`);

export const DELETE_SERVICE_SECRET = operation(`
mutation delete_service_secret($service_name: String!, $secret_name: String!) {
  delete_saaras_db_service_secret(
    where: {_and: {secret: {secret_name: {_eq: $secret_name}}, service: {service_name: {_eq: $service_name}}}}
  ) { affected_rows }
}`);

export const INSERT_SERVICE_FILTER = operation(`
mutation insert_into_service_filter($service_name: String!, $filter_name: String!) {
  insert_saaras_db_service_filter(
    objects: {${TOUCH_FILTER}, ${TOUCH_SERVICE}}
    ${touch('service_filter_pkey')}
  ) { affected_rows }
}`);

export const GET_SERVICE_FILTER = operation(`
query get_filter_for_service($service_name: String!, $filter_name: String!) {
  saaras_db_filter(
    where: {_and: [{filter_name: {_eq: $filter_name}}, {service_filters: {service: {service_name: {_eq: $service_name}}}}]}
  ) { ${FILTER} }
}`);

export const GET_SERVICE_FILTERS = operation(`
query get_filter_for_service($service_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_filter(
    where: {_and: [{service_filters: {service: {service_name: {_eq: $service_name}}}}, {filter_id: {_gt: $after}}]}
    order_by: {filter_id: asc}
    limit: $limit
  ) { ${FILTER} }
}`);

export const DELETE_SERVICE_FILTER = operation(`
mutation delete_service_filter($service_name: String!, $filter_name: String!) {
  delete_saaras_db_service_filter(
    where: {_and: [{filter: {filter_name: {_eq: $filter_name}}}, {service: {service_name: {_eq: $service_name}}}]}
  ) { affected_rows }
}`);
