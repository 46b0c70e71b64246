import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Origin } from '../origin';

export interface GraphQLRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  /** It came by GET, so that a mutation is refused. */
  readonly onlyReads?: boolean;
  /** What the request is known by outside. */
  readonly origin?: Origin | undefined;
}

/** The answer's JSON text as Postgres and the engine made it, and, when it is an error, what kind it is. */
export interface GraphQLOutcome {
  readonly body: string;
  readonly error?: GraphQLFailure;
  /** What the receipt's statement gave, after a mutation that was stored. */
  readonly receipt?: ReceiptRow;
}

/** The text columns of one row. */
export type ReceiptRow = readonly (string | null)[];

/** What is said of a mutation beside its answer. */
export interface Receipt {
  /**
   * A statement that runs first in the transaction of each mutation whose request has an origin, in the same round trip; the
   * origin's text is its parameter.
   */
  readonly opening?: string;
  /** A statement that gives one row; it runs last in the transaction of each mutation. */
  readonly sql: string;
  /** What a client over HTTP is told, which may take as long as its headers allow. */
  report(row: ReceiptRow, headers: IncomingHttpHeaders): Promise<ReceiptReport>;
}

export interface ReceiptReport {
  readonly headers: Readonly<Record<string, string>>;
  /** Becomes the answer's `extensions`. */
  readonly extensions?: object;
}

export type WriteKind = 'insert' | 'update' | 'delete';

/** What came of an operation: the client may mend what was refused, what failed is the database's fault or ours. */
export type OperationResult = 'ok' | 'refused' | 'failed';

/** Who is told of each operation; what it does must be cheap and must not throw. */
export interface OperationObserver {
  /** @param writes what the root fields of a mutation do @param seconds how long it took; of a subscription until it began */
  ran(
    type: 'query' | 'mutation' | 'subscription' | 'invalid',
    writes: readonly WriteKind[],
    result: OperationResult,
    seconds: number,
  ): void;
}

export interface GraphQLFailure {
  /** Hasura's code, e.g. `constraint-violation`. */
  readonly code: string;
  readonly message: string;
  /** JSONPath-like, e.g. `$.selectionSet.insert_saaras_db_route.args.objects`. */
  readonly path: string;
  /** Postgres' five characters, when the error is the database's. */
  readonly sqlState?: string;
  /** The violated constraint's name, when there is one. */
  readonly constraint?: string;
  /** The database is away, or cannot do it now: the request may be tried again. */
  readonly unavailable: boolean;
  /** Then it may be stored all the same: the connection was lost while the mutation was being committed. */
  readonly isOutcomeUnknown?: boolean;
}

/** One GraphQL API over one database. */
export interface GraphQLEngine {
  /** Runs one request; all its mutations are one transaction. Never throws for what the caller or the database did wrong. */
  execute(request: GraphQLRequest): Promise<GraphQLOutcome>;
  /** Serves `/v1/graphql` and its siblings; false when the path is not one of them. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes over a connection that asks to be a websocket; false when its path is not one of GraphQL's. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends every subscription and the connections that they came over; the pool is left to its owner. */
  stop(): Promise<void>;
  /** The schema in GraphQL's definition language. */
  printSchema(): string;
}
