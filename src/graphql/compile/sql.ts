import { quoteIdentifier } from '../model';
import type { Column, Table } from '../model';
import type { Template } from './template';

/** A parameter: where its value comes from, and how that is written for Postgres. `encode` throws a RequestError for a value that does not fit. */
export interface ValueSlot {
  readonly kind: 'value';
  readonly source: Template;
  readonly encode: (value: unknown) => string | null;
  /** The type in SQL. */
  readonly type: string;
}

/** A column of the row that an insert of the same request writes: a sub-select or a parameter, by where that insert runs. */
export interface KeyReference {
  readonly kind: 'key';
  readonly node: number;
  readonly column: Column;
}

/** Rows of a table that earlier statements gave back, as one array of its row type. */
export interface RowsSlot {
  readonly kind: 'rows';
  readonly table: Table;
  readonly cells: readonly Cell[];
}

/** A value in the result of an earlier statement of the plan. */
export interface Cell {
  readonly step: number;
  readonly column: number;
}

/** A parameter whose value is a cell. */
export interface CellSlot {
  readonly kind: 'cell';
  readonly cell: Cell;
}

/** A table that is read or written. */
export interface Relation {
  readonly kind: 'relation';
  readonly table: Table;
}

export type Slot = ValueSlot | RowsSlot | CellSlot;
type Part = string | ValueSlot | RowsSlot | KeyReference | Relation;

/** A piece of SQL: text that is ours or a quoted identifier of the catalog, and parameters. Values never become text. */
export class Sql {
  constructor(
    /** In order; pieces within pieces are written out only once, when the whole is. */
    private readonly pieces: readonly (Part | Sql)[],
    /** Conditions joined by AND, without parentheses around them. */
    readonly isConjunction = false,
  ) {}

  /** The only part, when there is one alone. */
  get only(): Part | undefined {
    const [first] = this.pieces;
    return this.pieces.length === 1 && !(first instanceof Sql) ? first : undefined;
  }

  forEach(use: (part: Part) => void): void {
    for (const piece of this.pieces) {
      if (piece instanceof Sql) piece.forEach(use);
      else use(piece);
    }
  }
}

/** SQL by template: what is interpolated is SQL or a parameter, so that a plain string cannot get in by mistake. */
export function sql(strings: TemplateStringsArray, ...values: (Sql | ValueSlot | RowsSlot | KeyReference)[]): Sql {
  const pieces: (Part | Sql)[] = [];
  strings.forEach((text, index) => {
    if (text) pieces.push(text);
    const value = values[index];
    if (value) pieces.push(value);
  });
  return new Sql(pieces);
}

/** Text that is safe as it is: ours, or an identifier that was quoted. */
export function raw(text: string): Sql {
  return new Sql([text]);
}

export function relation(table: Table): Sql {
  return new Sql([{ kind: 'relation', table }]);
}

export function tablesOf(statement: Sql): Set<Table> {
  const tables = new Set<Table>();
  statement.forEach((part) => {
    if (typeof part !== 'string' && part.kind === 'relation') tables.add(part.table);
  });
  return tables;
}

export function identifier(name: string): Sql {
  return raw(quoteIdentifier(name));
}

/** A string constant; only for names of the schema and keys of the document, which GraphQL limits to letters, digits and `_`. */
export function nameLiteral(name: string): Sql {
  return raw(`'${name.replaceAll("'", "''")}'::text`);
}

export function join(pieces: readonly Sql[], separator: string, isConjunction = false): Sql {
  const between = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
  return new Sql(between, isConjunction);
}

export interface Rendering {
  /** What stands for a key reference. */
  readonly key?: (reference: KeyReference) => string | Cell;
  /** What stands for the parameter of a number, from 1. */
  readonly parameter?: (number: number) => string;
}

/** The text with `$1`, `$2`, …; what to bind to them is added to `slots`. */
export function render(
  statement: Sql,
  slots: Slot[],
  { key, parameter: written = (number) => `$${number}` }: Rendering = {},
): string {
  const parameter = (slot: Slot, type: string): string => {
    slots.push(slot);
    return `${written(slots.length)}::${type}`;
  };
  const piece = (part: Part): string => {
    if (typeof part === 'string') return part;
    if (part.kind === 'relation') return part.table.sql;
    if (part.kind === 'value') return parameter(part, part.type);
    if (part.kind === 'rows') return parameter(part, `${part.table.sql}[]`);
    const found = key?.(part);
    if (found === undefined) throw new Error('a key reference stands outside a nested insert');
    return typeof found === 'string' ? found : parameter({ kind: 'cell', cell: found }, part.column.type.sql);
  };
  const pieces: string[] = [];
  statement.forEach((part) => pieces.push(piece(part)));
  return pieces.join('');
}
