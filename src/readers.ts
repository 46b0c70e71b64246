import type { Readers } from './graphql';

/** The role `viewer` reads everything but what may be a private key. */
export const READERS: Readers = {
  viewer: ['saaras_db.secret.secret_key', 'saaras_db.artifact.artifact_value', 'gateway_private.last_good_pair.private_key'],
};
