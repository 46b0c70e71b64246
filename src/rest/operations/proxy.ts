import { operation, TOUCH_GLOBALCONFIG, TOUCH_PROXY, TOUCH_SERVICE, touch } from './operation';

const PROXY = 'proxy_id proxy_name create_ts update_ts';
const GLOBALCONFIGS = 'proxy_globalconfigs { globalconfig { globalconfig_name globalconfig_type } }';
const SECRETS = 'service_secrets { secret { secret_name secret_key secret_cert } }';
const ROUTE_FILTERS = 'route_filters { filter { filter_name filter_type } }';
const ROUTE_UPSTREAMS = 'route_upstreams { upstream { upstream_name upstream_ip upstream_port } }';

export const GET_PROXIES = operation(`
query get_proxies($limit: Int, $after: bigint!) {
  saaras_db_proxy(where: {proxy_id: {_gt: $after}}, order_by: {proxy_id: asc}, limit: $limit) { ${PROXY} }
}`);

export const GET_PROXY = operation(`
query get_proxies($proxy_name: String!) {
  saaras_db_proxy(where: {proxy_name: {_eq: $proxy_name}}) { ${PROXY} }
}`);

export const GET_PROXY_DETAIL = operation(`
query get_proxy_detail($limit: Int, $after: bigint!) {
  saaras_db_proxy(where: {proxy_id: {_gt: $after}}, order_by: {proxy_id: asc}, limit: $limit) {
    proxy_id
    proxy_name
    ${GLOBALCONFIGS}
    proxy_services {
      service {
        service_id
        service_name
        fqdn
        service_filters { filter { filter_name filter_type } }
        ${SECRETS}
        routes {
          route_id
          route_name
          route_prefix
          ${ROUTE_FILTERS}
          ${ROUTE_UPSTREAMS}
        }
      }
    }
  }
}`);

export const GET_ONE_PROXY_DETAIL = operation(`
query get_one_proxy_detail($proxy_name: String!) {
  saaras_db_proxy(where: {proxy_name: {_eq: $proxy_name}}) {
    proxy_name
    ${GLOBALCONFIGS}
    proxy_services {
      service {
        service_name
        fqdn
        service_filters { filter { filter_name filter_type filter_config } }
        ${SECRETS}
        routes {
          route_name
          route_prefix
          config_json
          ${ROUTE_FILTERS}
          ${ROUTE_UPSTREAMS}
        }
      }
    }
  }
}`);

export const CREATE_PROXY = operation(`
mutation create_proxy($proxy_name: String!) {
  insert_saaras_db_proxy(objects: {proxy_name: $proxy_name}, ${touch('proxy_proxy_name_key')}) { affected_rows }
}`);

export const DELETE_PROXY = operation(`
mutation delete_proxy($proxy_name: String!) {
  delete_saaras_db_proxy(where: {proxy_name: {_eq: $proxy_name}}) { affected_rows }
}`);

export const GET_PROXY_SERVICES = operation(`
query get_proxy_service($proxy_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_service(
    where: {proxy_services: {proxy: {proxy_name: {_eq: $proxy_name}}}, service_id: {_gt: $after}}
    order_by: {service_id: asc}
    limit: $limit
  ) { service_id service_name fqdn create_ts update_ts }
}`);

export const GET_PROXY_SERVICE = operation(`
query get_proxy_service($proxy_name: String!, $service_name: String!) {
  saaras_db_service(
    where: {_and: {proxy_services: {proxy: {proxy_name: {_eq: $proxy_name}}}, service_name: {_eq: $service_name}}}
  ) { service_id service_name fqdn create_ts update_ts }
}`);

export const CREATE_PROXY_SERVICE = operation(`
mutation create_proxy_service($proxy_name: String!, $service_name: String!) {
  insert_saaras_db_proxy_service(
    objects: {${TOUCH_PROXY}, ${TOUCH_SERVICE}}
    ${touch('proxy_service_proxy_id_service_id_key')}
  ) { affected_rows }
}`);

export const DELETE_PROXY_SERVICE = operation(`
mutation delete_proxy_service($proxy_name: String!, $service_name: String!) {
  delete_saaras_db_proxy_service(
    where: {_and: {proxy: {proxy_name: {_eq: $proxy_name}}, service: {service_name: {_eq: $service_name}}}}
  ) { affected_rows }
}`);

export const GET_PROXY_GLOBALCONFIGS = operation(`
query get_proxy_globalconfig2($proxy_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_globalconfig(
    where: {proxy_globalconfigs: {proxy: {proxy_name: {_eq: $proxy_name}}}, globalconfig_id: {_gt: $after}}
    order_by: {globalconfig_id: asc}
    limit: $limit
  ) { globalconfig_id globalconfig_name globalconfig_type create_ts update_ts }
}`);

/** The link's row is nothing but its key, so that the repeat writes the key over itself. */
export const CREATE_PROXY_GLOBALCONFIG = operation(`
mutation create_proxy_globalconfig($proxy_name: String!, $globalconfig_name: String!) {
  insert_saaras_db_proxy_globalconfig(
    objects: {${TOUCH_PROXY}, ${TOUCH_GLOBALCONFIG}}
    on_conflict: {constraint: proxy_globalconfig_pkey, update_columns: [proxy_id]}
  ) { affected_rows }
}`);

export const DELETE_PROXY_GLOBALCONFIG = operation(`
mutation delete_proxy_globalconfig($proxy_name: String!, $globalconfig_name: String!) {
  delete_saaras_db_proxy_globalconfig(
    where: {_and: {proxy: {proxy_name: {_eq: $proxy_name}}, globalconfig: {globalconfig_name: {_eq: $globalconfig_name}}}}
  ) { affected_rows }
}`);
