import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import type { OperationObserver } from '../graphql';
import type { DecisionOutcome } from '../ratelimit';
import { showBuild } from './build';
import type { ChangeMetrics } from './changes';
import { observeChanges } from './changes';
import type { ClientMetrics } from './clients';
import { observeClients } from './clients';
import { countDecisions } from './decisions';
import { observeOperations } from './operations';
import { observePool } from './pool';

/** What the rooms of the whole product are counted by. */
export interface Metrics {
  readonly operations: OperationObserver;
  readonly changes: ChangeMetrics;
  readonly clients: ClientMetrics;
  readonly decided: (outcome: DecisionOutcome) => void;
  /** The pool to look at from now on. */
  watchPool(pool: Pool): void;
}

/**
 * Metrics in a registry of the caller's, so that several products may run in one process. Every label has only so many
 * values, whatever clients send.
 */
export function createMetrics(registry: Registry): Metrics {
  let pool: Pool | undefined;
  observePool(registry, () => pool);
  showBuild(registry);
  return {
    operations: observeOperations(registry),
    changes: observeChanges(registry),
    clients: observeClients(registry),
    decided: countDecisions(registry),
    watchPool: (opened) => (pool = opened),
  };
}
