import type { Checked } from '../validation';
import type { Operation } from './operations/operation';
import type { Variables } from './execute';

/** A form field that an endpoint reads; an absent one counts as empty. */
export interface Field {
  /** Lower case with underscores; callers may write it in any case. */
  readonly name: string;
  readonly summary: string;
  /** The text of the 400 when the field is empty; undefined when it may be. */
  readonly required?: string;
  /** Not asked for an empty field. */
  readonly check?: (text: string) => Checked<unknown>;
  /** Stands before what `check` says. */
  readonly invalid?: string;
}

/** An uploaded text: a file part, or a field of that name. */
export interface Upload {
  readonly name: string;
  readonly summary: string;
  /** The text of the 400 when it is absent; undefined when it may be. An empty file is not absent. */
  readonly required?: string;
}

/** One request, its path matched and its body read and checked. */
export interface Call {
  /** A parameter of the path, decoded. */
  param(name: string): string;
  /** A declared field; empty when absent. */
  field(name: string): string;
  /** A declared upload; undefined when absent. */
  upload(name: string): string | undefined;
  /** The `data` of a query. */
  read<T>(operation: Operation, variables: Variables): Promise<T>;
}

interface Route {
  readonly method: Method;
  /** Segments that begin with a colon are parameters. */
  readonly path: string;
  readonly summary: string;
  /** The status of success (REST reference 1.2 to 1.8). */
  readonly status: 200 | 201;
}

/** Answers with the body of one GraphQL operation. */
export interface OperationEndpoint extends Route {
  readonly operation: Operation;
  readonly fields?: readonly Field[];
  readonly uploads?: readonly Upload[];
  /** Takes `?limit=&after=`. */
  readonly list?: true;
  /** The operation's variables; by default the path's parameters and the fields, by name. May read and may refuse. */
  readonly variables?: (call: Call) => Variables | Promise<Variables>;
  /** What does not exist when the operation changed no row: 404 instead of a count of 0. */
  readonly missing?: (call: Call) => string;
  /** The answer's body, where it is not the operation's as it is. */
  readonly present?: (body: string, call: Call) => string;
}

/** Always answers the same. */
export interface FixedEndpoint extends Route {
  readonly body: string;
}

/** A parameter of the query string. */
export interface QueryParameter {
  /** Lower case; callers may write it in any case. */
  readonly name: string;
  readonly summary: string;
  /** The text of the 400 when it is empty or absent; undefined when it may be. */
  readonly required?: string;
  /** May be given several times. */
  readonly repeatable?: true;
}

/** Answers with what the room that knows says to the parameters. */
export interface QuestionEndpoint extends Route {
  /** The name of that room's answer in `RestOptions`. */
  readonly question: 'explain';
  readonly parameters: readonly QueryParameter[];
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Endpoint = OperationEndpoint | FixedEndpoint;
