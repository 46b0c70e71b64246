import { operation } from './operation';

/** A page shows the ids too: the next page begins after the last of them. */
export const GET_SECRETS = operation(`
query get_secret($limit: Int, $after: bigint!, $paged: Boolean!) {
  saaras_db_secret(where: {secret_id: {_gt: $after}}, order_by: {secret_id: asc}, limit: $limit) {
    secret_id @include(if: $paged)
    secret_name
    secret_key
    secret_cert
    secret_sni
    create_ts
    update_ts
  }
}`);

export const INSERT_SECRET = operation(`
mutation insert_secret($secret_name: String!, $secret_key: String!, $secret_cert: String, $secret_sni: String) {
  insert_saaras_db_secret(
    objects: {secret_name: $secret_name, secret_key: $secret_key, secret_cert: $secret_cert, secret_sni: $secret_sni}
  ) { affected_rows }
}`);

/** Sets the key, the certificate, or both. */
export const UPDATE_SECRET = operation(`
mutation update_secret_key($secret_name: String!, $pem: saaras_db_secret_set_input!) {
  update_saaras_db_secret(where: {secret_name: {_eq: $secret_name}}, _set: $pem) { affected_rows }
}`);

export const DELETE_SECRET = operation(`
mutation delete_secret($secret_name: String!) {
  delete_saaras_db_secret(where: {secret_name: {_eq: $secret_name}}) { affected_rows }
}`);
