import type { RequestError } from '../errors';

/** What is said when a client breaks the rules of its protocol, and the code with which the connection is closed then. */
export interface Close {
  readonly code: number;
  readonly reason: string;
}

/** One of the two protocols of GraphQL over websockets, as Hasura speaks them (contract 11). Texts are whole messages. */
export interface Protocol {
  readonly name: string;
  /** The type of the message that starts an operation, and of the one that stops it. */
  readonly start: string;
  readonly stop: string;
  readonly keepAlive: string;
  readonly noInit: Close;
  /**
   * Whether an operation that ends with an error is also completed. Hasura always does, but of the newer protocol's own client
   * that would end the connection under the other operations: its document has an error alone.
   */
  readonly completesErrors: boolean;
  data(id: string, body: string): string;
  /** Before anything was run. `asLegacy` is how `/v1alpha1/graphql` says it. */
  refused(id: string, error: RequestError, asLegacy: boolean): string;
  /** A query or mutation failed. */
  aborted(id: string, error: RequestError): string;
  /** A run of a subscription failed, which goes on. */
  failed(id: string, error: RequestError): string;
  /** What answers a message that cannot be read: a text, or the end. */
  unreadable(problem: string): string | Close;
  /** A message sent before the connection is closed for want of permission, and the close. */
  denied(problem: string): { readonly text: string | undefined; readonly close: Close };
  /** How a start is refused that comes before `connection_init`, or whose id is in use: an error, or the end. */
  readonly early: 'error' | Close;
  readonly taken: 'error' | ((id: string) => Close);
}

const TIMED_OUT = 'Connection initialisation timed out';

function message(type: string, id: string, payload: object): string {
  return JSON.stringify({ type, id, payload });
}

function withData(type: string, id: string, error: RequestError): string {
  return message(type, id, { data: null, errors: error.toList() });
}

/** `subscriptions-transport-ws`, whose subprotocol is called `graphql-ws`. */
export const APOLLO: Protocol = {
  name: 'graphql-ws',
  start: 'start',
  stop: 'stop',
  keepAlive: '{"type":"ka"}',
  noInit: { code: 1011, reason: TIMED_OUT },
  completesErrors: true,
  data: (id, body) => `{"type":"data","id":${JSON.stringify(id)},"payload":${body}}`,
  refused: (id, error, asLegacy) => message('error', id, asLegacy ? error.toLegacy() : { errors: error.toList() }),
  aborted: (id, error) => withData('data', id, error),
  failed: (id, error) => withData('data', id, error),
  unreadable: (problem) => JSON.stringify({ type: 'connection_error', payload: problem }),
  denied: (problem) => ({
    text: JSON.stringify({ type: 'connection_error', payload: problem }),
    close: { code: 4400, reason: problem },
  }),
  early: 'error',
  taken: 'error',
};

/** The protocol of the package `graphql-ws`, whose subprotocol is called `graphql-transport-ws`. */
export const TRANSPORT: Protocol = {
  name: 'graphql-transport-ws',
  start: 'subscribe',
  stop: 'complete',
  keepAlive: '{"type":"ping","payload":{"message":"keepalive"}}',
  noInit: { code: 4408, reason: TIMED_OUT },
  completesErrors: false,
  data: (id, body) => `{"type":"next","id":${JSON.stringify(id)},"payload":${body}}`,
  refused: (id, error, asLegacy) => message('error', id, asLegacy ? error.toLegacy() : error.toList()),
  aborted: (id, error) => message('error', id, error.toList()),
  failed: (id, error) => withData('next', id, error),
  unreadable: (problem) => ({ code: 4400, reason: problem }),
  denied: (problem) => ({ text: undefined, close: { code: 4403, reason: problem } }),
  early: { code: 4401, reason: 'Unauthorized' },
  taken: (id) => ({ code: 4409, reason: `Subscriber for ${id} already exists` }),
};

/**
 * The protocol for the subprotocols that a client offers. Hasura takes the newer one only when nothing else is offered;
 * clients that offer both mean the newer.
 */
export function protocolFor(offered: Iterable<string>): Protocol {
  return [...offered].includes(TRANSPORT.name) ? TRANSPORT : APOLLO;
}
