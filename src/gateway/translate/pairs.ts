import { pairMatches } from '../../validation';
import type { TlsPair } from '../model';
import type { SecretRow } from '../rows';

/** What stands in the secrets' rows, compared with what was last usable. */
export interface StoredPairs {
  /** The rows whose key and certificate belong together. */
  readonly matching: ReadonlyMap<number, TlsPair>;
  /** Those of them that differ from what was last usable. */
  readonly fresh: ReadonlyMap<number, TlsPair>;
  /** The rows that are empty or half rotated. */
  readonly unusable: readonly number[];
}

/** A pair that equals the last good one is that very object, and is not checked again. */
export function storedPairs(secrets: Iterable<SecretRow>, lastGood: ReadonlyMap<number, TlsPair>): StoredPairs {
  const matching = new Map<number, TlsPair>();
  const fresh = new Map<number, TlsPair>();
  const unusable = new Set<number>();
  for (const { secret_id: id, secret_cert: certificate, secret_key: privateKey } of secrets) {
    if (matching.has(id) || unusable.has(id)) continue;
    const known = lastGood.get(id);
    if (known && known.certificate === certificate && known.privateKey === privateKey) {
      matching.set(id, known);
    } else if (certificate && privateKey && pairMatches(certificate, privateKey)) {
      const pair = { certificate, privateKey };
      matching.set(id, pair);
      fresh.set(id, pair);
    } else {
      unusable.add(id);
    }
  }
  return { matching, fresh, unusable: [...unusable] };
}
