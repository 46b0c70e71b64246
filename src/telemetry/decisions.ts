import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import type { DecisionOutcome } from '../ratelimit';

/** Counts the requests to the rate limit service, each by what it was told. */
export function countDecisions(registry: Registry): (outcome: DecisionOutcome) => void {
  const decisions = new Counter({
    name: 'enroute_ratelimit_decisions_total',
    help: 'Requests for a rate limit decision: within the limits, over one, an error of Redis, not understood, or failed.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const made = {
    ok: decisions.labels('ok'),
    over_limit: decisions.labels('over_limit'),
    error: decisions.labels('error'),
    invalid: decisions.labels('invalid'),
    failed: decisions.labels('failed'),
  };
  for (const counter of Object.values(made)) counter.inc(0);
  return (outcome) => made[outcome].inc();
}
