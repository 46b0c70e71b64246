/** The GraphQL operations that this room sends. Nothing is ordered: the translation orders by id. */
const FIELDS = `
fragment proxy_fields on saaras_db_proxy {
  proxy_id proxy_name
  proxy_globalconfigs { globalconfig { globalconfig_id globalconfig_name globalconfig_type config } }
}
fragment filter_fields on saaras_db_filter { filter_id filter_name filter_type filter_config }
fragment service_fields on saaras_db_service {
  service_id service_name fqdn
  proxy_services { proxy_id }
  routes {
    route_id route_name route_prefix route_config
    route_upstreams {
      upstream {
        upstream_id upstream_name upstream_ip upstream_port upstream_weight upstream_protocol upstream_strategy
        upstream_hc_path upstream_hc_host upstream_hc_intervalseconds upstream_hc_timeoutseconds
        upstream_hc_unhealthythresholdcount upstream_hc_healthythresholdcount
        upstream_validation_cacertificate upstream_validation_subjectname
      }
    }
    route_filters { filter { ...filter_fields } }
  }
  service_filters { filter { ...filter_fields } }
  service_secrets { service_secret_id secret { secret_id secret_name secret_key secret_cert } }
}`;

/** Every proxy, every service that a proxy serves, and the ids of all secrets. */
export const READ_EVERYTHING = `
query gateway_everything {
  saaras_db_proxy { ...proxy_fields }
  saaras_db_service(where: {proxy_services: {}}) { ...service_fields }
  saaras_db_secret { secret_id }
}${FIELDS}`;

/** Some proxies, and some services as far as a proxy serves them. */
export const READ_SOME = `
query gateway_changed($proxies: [bigint!]!, $services: [bigint!]!) {
  saaras_db_proxy(where: {proxy_id: {_in: $proxies}}) { ...proxy_fields }
  saaras_db_service(where: {service_id: {_in: $services}, proxy_services: {}}) { ...service_fields }
}${FIELDS}`;

/** The secrets that upstreams name as their certificate authority. */
export const READ_AUTHORITIES = `
query gateway_authorities($names: [String!]!) {
  saaras_db_secret(where: {secret_name: {_in: $names}}) {
    secret_id secret_name secret_cert
    artifacts { artifact_id artifact_type artifact_value }
  }
}`;
