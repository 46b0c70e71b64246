import type { Readiness } from './admin';

/** What Envoys are served: nothing yet, the models of the disk, or those of the database, which may be away by now. */
type Served = 'nothing' | 'from disk' | 'last known' | 'current';

export interface ReadinessReport extends Readiness {
  /** Postgres answers. */
  readonly database: boolean;
  /** The change log is followed. */
  readonly listener: boolean;
  /** The models were built from the database, at least once. */
  readonly snapshot: boolean;
  /** What Envoys that connect are given: an instance that is not ready may still serve them. */
  readonly envoys: Served;
  /** What is not there, in words. */
  readonly missing: readonly string[];
}

/** Whether this instance does all that it is for: a load balancer sends writes to those that do. */
export class ReadinessState {
  database: () => Promise<boolean> = () => Promise.resolve(false);
  isFollowing = false;
  /** Where what is served comes from. */
  snapshot: 'none' | 'disk' | 'database' = 'none';

  async report(): Promise<ReadinessReport> {
    const database = await this.database();
    const { isFollowing: listener } = this;
    const snapshot = this.snapshot === 'database';
    const missing = [
      ...(database ? [] : ['the database does not answer: writes are refused']),
      ...(listener ? [] : ['the change log is not followed: changes are not noticed']),
      ...(snapshot ? [] : ['no configuration was built from the database yet']),
    ];
    const ready = missing.length === 0;
    return { ready, database, listener, snapshot, envoys: this.#served(ready), missing };
  }

  #served(isCurrent: boolean): Served {
    if (isCurrent) return 'current';
    return this.snapshot === 'none' ? 'nothing' : this.snapshot === 'disk' ? 'from disk' : 'last known';
  }
}
