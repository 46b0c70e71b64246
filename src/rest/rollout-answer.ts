import type { RolloutReport } from '../rollout';
import type { Answer } from './answer';

/**
 * The answer to a write, with its change counter. A writer that waited also learns in `extensions.rollout` how far its change
 * has come: 202 when the time was over, 422 when an Envoy rejects it, with Envoy's own words in `errors`. It is stored all
 * the same.
 */
export function withReport(answer: Answer, { headers, outcome }: RolloutReport): Answer {
  if (!outcome) return { ...answer, headers };
  const { rejected, ...rollout } = outcome;
  const errors = rejected.map(({ object, node, reason }) => ({
    message: `stored, but the Envoy ${node} rejects ${object}: ${reason}`,
    extensions: { path: '$', code: 'rejected-by-envoy' },
  }));
  const more = { ...(errors.length > 0 ? { errors } : {}), extensions: { rollout } };
  const body = `${answer.body.slice(0, -1)},${JSON.stringify(more).slice(1)}`;
  const status = { live: answer.status, rejected: 422, pending: 202 }[outcome.state];
  return { ...answer, headers, status, body };
}
