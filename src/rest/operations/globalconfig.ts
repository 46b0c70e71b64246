import { operation } from './operation';

export const GET_GLOBALCONFIGS = operation(`
query get_all_globalconfig($limit: Int, $after: bigint!) {
  saaras_db_globalconfig(where: {globalconfig_id: {_gt: $after}}, order_by: {globalconfig_id: asc}, limit: $limit) {
    globalconfig_id
    globalconfig_name
    globalconfig_type
    config: config_json
  }
}`);

export const GET_GLOBALCONFIG = operation(`
query get_all_globalconfig($globalconfig_name: String!) {
  saaras_db_globalconfig(where: {globalconfig_name: {_eq: $globalconfig_name}}) {
    globalconfig_id
    globalconfig_name
    globalconfig_type
    config_json
  }
}`);

export const INSERT_GLOBALCONFIG = operation(`
mutation insert_into_globalconfig(
  $globalconfig_name: String!
  $globalconfig_type: String
  $config: String!
  $config_json: jsonb
) {
  insert_saaras_db_globalconfig(
    objects: {
      globalconfig_name: $globalconfig_name
      globalconfig_type: $globalconfig_type
      config: $config
      config_json: $config_json
    }
  ) { affected_rows }
}`);

export const UPDATE_GLOBALCONFIG_CONFIG = operation(`
mutation update_globalconfig($globalconfig_name: String!, $config: String!, $config_json: jsonb) {
  update_saaras_db_globalconfig(
    where: {globalconfig_name: {_eq: $globalconfig_name}}
    _set: {config: $config, config_json: $config_json}
  ) { affected_rows }
}`);

export const UPDATE_GLOBALCONFIG_TYPE = operation(`
mutation update_globalconfig($globalconfig_name: String!, $globalconfig_type: String!) {
  update_saaras_db_globalconfig(
    where: {globalconfig_name: {_eq: $globalconfig_name}}
    _set: {globalconfig_type: $globalconfig_type}
  ) { affected_rows }
}`);

export const DELETE_GLOBALCONFIG = operation(`
mutation delete_globalconfig($globalconfig_name: String!) {
  delete_saaras_db_globalconfig(where: {globalconfig_name: {_eq: $globalconfig_name}}) { affected_rows }
}`);
