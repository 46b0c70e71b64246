import type { FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { validationFailed } from '../errors';
import type { Model } from '../model';
import { quoteIdentifier } from '../model';
import type { PreparedOperation } from './document';
import { BYTES_A_VALUE, MAX_SCHEMAS, MAX_TYPES, MAX_VALUES } from './document';
import { LIMITS } from './limits';
import type { SelectedField } from './selection';
import { raw } from './sql';
import type { Sql } from './sql';
import { ExactNumber, valueAt } from './template';
import type { Declaration } from './variables';

/**
 * What the SQL's text depends on beside the document: the shape of a part of a variable (null, a list's length, an
 * object's keys, a scalar's kind), or its value (an enum, a boolean of a directive).
 */
export interface Question {
  readonly variable: string;
  readonly keys: readonly (string | number)[];
  readonly about: 'shape' | 'value';
}

/** One compilation: the operation, the variables' values, and the record of which of them the result depends on. */
export class Request {
  readonly declared: ReadonlyMap<string, Declaration>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** In the order asked, each question once: equal answers give an equal plan. */
  readonly asked: { readonly question: Question; readonly answer: string }[] = [];
  readonly #answers = new Map<string, string>();
  /** What `collect` gave for the selection sets of a field, which are often looked at again. */
  readonly collected = new WeakMap<readonly SelectionSetNode[], SelectedField[]>();
  #aliases = 0;
  #fields = 0;
  #values = 0;
  #types = 0;

  constructor(
    readonly model: Model,
    prepared: PreparedOperation,
    readonly values: ReadonlyMap<string, unknown>,
    /** A comparison with null is left out instead of being an error. */
    readonly nullCollapse = false,
    private readonly maxFields = LIMITS.fields,
  ) {
    this.declared = prepared.declared;
    this.fragments = prepared.fragments;
  }

  ask(variable: string, keys: readonly (string | number)[], about: Question['about']): string {
    const question = { variable, keys, about };
    const id = JSON.stringify(question);
    const known = this.#answers.get(id);
    if (known !== undefined) return known;
    const given = answer(question, this.values);
    this.#answers.set(id, given);
    this.asked.push({ question, answer: given });
    return given;
  }

  /** Aliases count from zero in each statement, so that equal root fields give equal statements. */
  startStatement(): void {
    this.#aliases = 0;
  }

  /** A table alias that the statement does not have yet. */
  alias(): Sql {
    return raw(quoteIdentifier(`t${this.#aliases++}`));
  }

  countField(path: string): void {
    if (++this.#fields > this.maxFields) throw validationFailed(path, `the query asks for more than ${this.maxFields} fields`);
  }

  /** Notes how many types of the schema are asked for. */
  countTypes(count: number, path: string): void {
    this.#types += count;
    if (this.#types > MAX_TYPES)
      throw validationFailed(path, `the query asks for the schema more than ${MAX_SCHEMAS} times, or for ${MAX_TYPES} types`);
  }

  /** Notes values of arguments, or a text of so many bytes: each counts as often as a fragment or an alias repeats it. */
  countValues(count: number, bytes: number, path: string): void {
    this.#values += count + bytes / BYTES_A_VALUE;
    if (this.#values <= MAX_VALUES) return;
    const message = `the request uses more than ${MAX_VALUES} values, or longer ones: send it in parts`;
    throw validationFailed(path, message);
  }
}

/** The answer to a question for these variables, as a short text. */
export function answer({ variable, keys, about }: Question, values: ReadonlyMap<string, unknown>): string {
  const value = valueAt(values.get(variable) ?? null, keys);
  if (about === 'value') return JSON.stringify(value);
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.length}`;
  if (value instanceof ExactNumber) return 'number';
  if (typeof value === 'object') {
    return `{${JSON.stringify(Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined))}`;
  }
  return typeof value;
}
