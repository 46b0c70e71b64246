import type { Checked } from './checked';
import { invalid, valid } from './checked';

/** What `upstream_protocol` may be; empty is HTTP/1.1 in clear (data-plane reference 2.5.4). */
export const PROTOCOLS = ['', 'http', 'https', 'tls', 'h2', 'h2c', 'grpc', 'grpcs'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** The strategies with a meaning of their own; any other text is served as RoundRobin (data-plane reference 2.5.3). */
export const STRATEGIES = ['RoundRobin', 'WeightedLeastRequest', 'Random', 'Cookie'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export function checkProtocol(text: string): Checked<Protocol> {
  const known = PROTOCOLS.find((protocol) => protocol === text);
  return known === undefined
    ? invalid(`protocol must be one of ${PROTOCOLS.slice(1).join(', ')} or empty, but is ${JSON.stringify(text)}`)
    : valid(known);
}

/** Always a strategy: what is unknown means RoundRobin. Case-sensitive. */
export function checkStrategy(text: string): Checked<Strategy> {
  return valid(STRATEGIES.find((strategy) => strategy === text) ?? 'RoundRobin');
}
