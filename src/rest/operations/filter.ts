import { operation } from './operation';

const FILTER = 'filter_id filter_name filter_type filter_config: config_json';

export const GET_FILTERS = operation(`
query get_all_filterconfig($limit: Int, $after: bigint!) {
  saaras_db_filter(where: {filter_id: {_gt: $after}}, order_by: {filter_id: asc}, limit: $limit) { ${FILTER} }
}`);

export const GET_FILTER = operation(`
query get_all_filter($filter_name: String!) {
  saaras_db_filter(where: {filter_name: {_eq: $filter_name}}) { ${FILTER} }
}`);

export const GET_FILTER_TYPE = operation(`
query GetFilterTypeForFilterName($filter_name: String!) {
  saaras_db_filter(where: {filter_name: {_eq: $filter_name}}) { filter_type filter_config }
}`);

export const INSERT_FILTER = operation(`
mutation insert_into_filter($filter_name: String!, $filter_type: String, $filter_config: String!, $config_json: jsonb) {
  insert_saaras_db_filter(
    objects: {filter_name: $filter_name, filter_type: $filter_type, filter_config: $filter_config, config_json: $config_json}
  ) { affected_rows }
}`);

export const UPDATE_FILTER_CONFIG = operation(`
mutation update_filter($filter_name: String!, $filter_config: String!, $config_json: jsonb) {
  update_saaras_db_filter(
    where: {filter_name: {_eq: $filter_name}}
    _set: {filter_config: $filter_config, config_json: $config_json}
  ) { affected_rows }
}`);

export const UPDATE_FILTER_TYPE = operation(`
mutation update_filter($filter_name: String!, $filter_type: String!, $config_json: jsonb) {
  update_saaras_db_filter(
    where: {filter_name: {_eq: $filter_name}}
    _set: {filter_type: $filter_type, config_json: $config_json}
  ) { affected_rows }
}`);

export const DELETE_FILTER = operation(`
mutation delete_filter($filter_name: String!) {
  delete_saaras_db_filter(where: {filter_name: {_eq: $filter_name}}) { affected_rows }
}`);
