import { fullName, wordsOf } from '../gateway';
import type { ObjectRef } from '../gateway';
import type { Mirror } from './mirror';
import type { ObjectStatusRow } from './rows';
import { rowId, storable } from './rows';

/** An object that somebody does not take, and why. */
export interface Rejection {
  readonly object: ObjectRef;
  readonly reason: string;
  /** The name of the Envoy resource, when there is one. */
  readonly resource?: string;
}

type Named = Omit<ObjectStatusRow, 'reason' | 'since'>;

/**
 * The rows of rejected objects. What somebody rejects is told in parts, each in the place of what it was before: the work
 * grows with the part, not with all that is rejected. An object of several parts, or with several reasons, is one row.
 */
export class RejectedObjects {
  readonly #rows: Mirror<ObjectStatusRow>;
  /** By part: the ids of its rows. */
  readonly #parts = new Map<string, ReadonlySet<string>>();
  /** By id of a row: its reasons by part. */
  readonly #reasons = new Map<string, Map<string, readonly string[]>>();

  constructor(rows: Mirror<ObjectStatusRow>) {
    this.#rows = rows;
  }

  /**
   * @param by and proxy as they are stored
   * @param since ISO 8601, for rows that are new
   */
  replace(by: string, proxy: string, part: string, list: readonly Rejection[], since: string): void {
    const key = JSON.stringify([by, proxy, part]);
    const found = new Map<string, { named: Named; reasons: string[] }>();
    for (const { object, resource, reason } of list) {
      const words = wordsOf(object);
      const id = rowId(by, proxy, words, resource);
      const known = found.get(id);
      if (known) {
        if (!known.reasons.includes(reason)) known.reasons.push(reason);
        continue;
      }
      const named = {
        kind: object.kind,
        name: fullName(object),
        object: words,
        proxy,
        rejected_by: by,
        resource: resource === undefined ? null : storable(resource),
      };
      found.set(id, { named, reasons: [reason] });
    }
    for (const id of this.#parts.get(key) ?? []) if (!found.has(id)) this.#leave(id, key);
    for (const [id, { named, reasons }] of found) {
      const all = this.#reasons.get(id) ?? new Map<string, readonly string[]>();
      this.#reasons.set(id, all.set(key, reasons));
      this.#rows.set(id, { ...named, reason: joined(all), since: this.#rows.get(id)?.since ?? since });
    }
    if (found.size > 0) this.#parts.set(key, new Set(found.keys()));
    else this.#parts.delete(key);
  }

  #leave(id: string, part: string): void {
    const all = this.#reasons.get(id);
    const row = this.#rows.get(id);
    all?.delete(part);
    if (all && all.size > 0 && row) return this.#rows.set(id, { ...row, reason: joined(all) });
    this.#reasons.delete(id);
    this.#rows.delete(id);
  }
}

function joined(reasons: ReadonlyMap<string, readonly string[]>): string {
  return storable([...new Set([...reasons.values()].flat())].join('; '));
}
