import { operation } from './operation';

const SETTINGS = `
    upstream_id
    upstream_name
    upstream_ip
    upstream_port
    upstream_hc_path
    upstream_hc_host
    upstream_hc_intervalseconds
    upstream_hc_timeoutseconds
    upstream_hc_unhealthythresholdcount
    upstream_hc_healthythresholdcount
    upstream_strategy
    upstream_validation_cacertificate
    upstream_validation_subjectname`;

export const GET_UPSTREAMS = operation(`
query get_upstream($limit: Int, $after: bigint!) {
  saaras_db_upstream(where: {upstream_id: {_gt: $after}}, order_by: {upstream_id: asc}, limit: $limit) {${SETTINGS}
    upstream_weight
    upstream_protocol
    create_ts
    update_ts
  }
}`);

export const GET_UPSTREAM = operation(`
query get_upstream($upstream_name: String!) {
  saaras_db_upstream(where: {upstream_name: {_eq: $upstream_name}}) {${SETTINGS}
    upstream_protocol
    upstream_weight
    create_ts
    update_ts
  }
}`);

export const INSERT_UPSTREAM = operation(`
mutation insert_upstream($upstream: saaras_db_upstream_insert_input!) {
  insert_saaras_db_upstream(objects: [$upstream]) { affected_rows }
}`);

export const UPDATE_UPSTREAM = operation(`
mutation update_upstream($upstream_name: String!, $settings: saaras_db_upstream_set_input!) {
  update_saaras_db_upstream(where: {upstream_name: {_eq: $upstream_name}}, _set: $settings) { affected_rows }
}`);

export const DELETE_UPSTREAM = operation(`
mutation delete_upstream($upstream_name: String!) {
  delete_saaras_db_upstream(where: {upstream_name: {_eq: $upstream_name}}) { affected_rows }
}`);

export const GET_UPSTREAM_ROUTES = operation(`
query get_upstream_routes($upstream_name: String!, $limit: Int, $after: bigint!) {
  saaras_db_upstream(where: {upstream_name: {_eq: $upstream_name}}) {
    route_upstreams(where: {route_id: {_gt: $after}}, order_by: {route_id: asc}, limit: $limit) {
      route { route_id route_name route_prefix create_ts update_ts }
    }
  }
}`);
