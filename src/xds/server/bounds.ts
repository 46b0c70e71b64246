import type { ResourceKind } from '../translate';

/**
 * How long, in milliseconds, the next response of a type waits for the answer to the last. Envoy withholds its answer on
 * clusters while any of them is warming, so clusters wait only to gather what comes in a burst.
 */
export const ANSWER_WAIT: Readonly<Record<ResourceKind, number>> = {
  cluster: 50,
  endpoint: 5_000,
  secret: 5_000,
  scope: 5_000,
  listener: 5_000,
  chain: 5_000,
  route: 5_000,
};

/** How long, in milliseconds, an answer is waited for while it is searched what a client rejects. */
export const SEARCH_WAIT = 2_000;

/** How long, in milliseconds, a client may take to ask for routes that it is led to. */
export const EXPECTED_WITHIN = 2_000;
