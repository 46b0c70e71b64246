/** The GraphQL operations that this room sends. Nothing is ordered: the translation orders by id. */
const PROXY = `
    proxy_id proxy_name
    proxy_globalconfigs { globalconfig { globalconfig_id globalconfig_name globalconfig_type config } }`;
const UPSTREAM = `
    upstream_id upstream_name upstream_ip upstream_port upstream_weight upstream_protocol upstream_strategy
    upstream_hc_path upstream_hc_host upstream_hc_intervalseconds upstream_hc_timeoutseconds
    upstream_hc_unhealthythresholdcount upstream_hc_healthythresholdcount
    upstream_validation_cacertificate upstream_validation_subjectname`;
const FILTER = 'filter_id filter_name filter_type filter_config';

const service = (upstream: string, filter: string): string => `
    service_id service_name fqdn
    proxy_services { proxy_id }
    routes {
      route_id route_name route_prefix route_config
      route_upstreams { ${upstream} }
      route_filters { ${filter} }
    }
    service_filters { ${filter} }
    service_secrets { service_secret_id secret { secret_id secret_name secret_key secret_cert } }`;
/** With each link what it leads to. */
const SERVICE = service(`upstream { ${UPSTREAM} }`, `filter { ${FILTER} }`);
/** With the links alone: what many of them lead to is to be read once, beside them. */
const LINKED_SERVICE = service('upstream_id', 'filter_id');

/** Every proxy, every service that a proxy serves with what it is linked to, and the ids of all secrets. */
export const READ_EVERYTHING = `
query gateway_everything {
  saaras_db_proxy {${PROXY} }
  saaras_db_service(where: {proxy_services: {}}) {${LINKED_SERVICE} }
  saaras_db_upstream(where: {route_upstreams: {}}) {${UPSTREAM} }
  saaras_db_filter(where: {_or: [{route_filters: {}}, {service_filters: {}}]}) { ${FILTER} }
  saaras_db_secret { secret_id }
}`;

export const READ_PROXIES = `
query gateway_proxies($ids: [bigint!]!) {
  saaras_db_proxy(where: {proxy_id: {_in: $ids}}) {${PROXY} }
}`;

/** Some services, as far as a proxy serves them. */
export const READ_SERVICES = `
query gateway_services($ids: [bigint!]!) {
  saaras_db_service(where: {service_id: {_in: $ids}, proxy_services: {}}) {${SERVICE} }
}`;

/** The same for services of many links: more work for the database, and a small answer. */
export const READ_LARGE_SERVICES = `
query gateway_large_services($ids: [bigint!]!) {
  saaras_db_service(where: {service_id: {_in: $ids}, proxy_services: {}}) {${LINKED_SERVICE} }
  saaras_db_upstream(where: {route_upstreams: {route: {service_id: {_in: $ids}}}}) {${UPSTREAM} }
  saaras_db_filter(where: {route_filters: {route: {service_id: {_in: $ids}}}}) { ${FILTER} }
  of_services: saaras_db_filter(where: {service_filters: {service: {service_id: {_in: $ids}}}}) { ${FILTER} }
}`;

/** The secrets that upstreams name as their certificate authority. */
export const READ_AUTHORITIES = `
query gateway_authorities($names: [String!]!) {
  saaras_db_secret(where: {secret_name: {_in: $names}}) {
    secret_id secret_name secret_cert
    artifacts { artifact_id artifact_type artifact_value }
  }
}`;
