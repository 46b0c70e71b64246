import type { InsertNode } from './insert-nodes';
import { insertStatement } from './insert-nodes';
import type { Check, Place, PlanBuilder } from './plan';
import type { Cell, KeyReference, Slot, Sql } from './sql';
import { raw, render } from './sql';

interface Expressions {
  /** `"$n0" AS (INSERT …), "$written" AS (INSERT …)`. */
  readonly text: string;
  readonly slots: Slot[];
  readonly places: readonly Place[];
}

/** The inserts of one statement that also answers: the root's rows are called `$written`. */
export function writeAll(nodes: readonly InsertNode[], statement: readonly number[]): Expressions & { readonly affected: Sql } {
  const name = (index: number): string => (nodes[index]?.isRoot ? '"$written"' : `"$n${index}"`);
  const expressions = renderNodes(nodes, statement, name, (reference) => keyOf(name(reference.node), reference));
  return { ...expressions, affected: raw(countOf(statement.map(name))) };
}

/** What a statement gives back to the steps after it: column 0 is the number of rows it wrote. */
interface Layout {
  readonly outputs: readonly string[];
  readonly checks: readonly Check[];
  /** The column of the root's rows, when they are shown and written here. */
  readonly rows: number | undefined;
  /** The columns of keys, by node and column. */
  readonly keys: ReadonlyMap<string, number>;
}

/** Adds the statements as steps that hand counts, the root's rows and keys to what comes after. */
export function writeInSteps(
  plan: PlanBuilder,
  nodes: readonly InsertNode[],
  statements: readonly (readonly number[])[],
  showRows: boolean,
  path: string,
): { counts: Cell[]; rows: Cell[] } {
  const first = plan.nextStep;
  const name = (index: number): string => `"$n${index}"`;
  const layouts = statements.map((statement, index) =>
    layoutOf(nodes, statement, statements.slice(index + 1).flat(), name, showRows),
  );
  const stepOf = new Map(statements.flatMap((statement, index) => statement.map((node) => [node, index] as const)));
  statements.forEach((statement, index) => {
    const layout = layouts[index];
    if (!layout) return;
    const key = (reference: KeyReference): string | Cell => {
      const source = stepOf.get(reference.node) ?? 0;
      if (source === index) return keyOf(name(reference.node), reference);
      return { step: first + source, column: layouts[source]?.keys.get(keyId(reference)) ?? 0 };
    };
    const { text, slots, places } = renderNodes(nodes, statement, name, key);
    plan.add({ sql: `WITH ${text} SELECT ${layout.outputs.join(', ')}`, slots, path, places, checks: layout.checks });
  });
  return {
    counts: layouts.map((_, index) => ({ step: first + index, column: 0 })),
    rows: layouts.flatMap(({ rows }, index) => (rows === undefined ? [] : [{ step: first + index, column: rows }])),
  };
}

function layoutOf(
  nodes: readonly InsertNode[],
  statement: readonly number[],
  later: readonly number[],
  name: (index: number) => string,
  showRows: boolean,
): Layout {
  const outputs = [countOf(statement.map(name))];
  const root = showRows ? statement.find((index) => nodes[index]?.isRoot) : undefined;
  const rows =
    root === undefined ? undefined : outputs.push(`(SELECT json_agg(row_to_json(${name(root)})) FROM ${name(root)})`) - 1;
  const needs = later.flatMap((index) => nodes[index]?.needs ?? []);
  const checks: Check[] = [];
  for (const index of statement) {
    const need = nodes[index]?.conflict?.mayIgnore ? needs.find(({ node }) => node === index) : undefined;
    if (need) {
      const column = outputs.push(countOf([name(index)])) - 1;
      checks.push({ column, code: 'not-supported', path: need.path, message: need.message });
    }
  }
  const keys = new Map<string, number>();
  for (const reference of later.flatMap((index) => keysIn(nodes[index]))) {
    const id = keyId(reference);
    if (statement.includes(reference.node) && !keys.has(id))
      keys.set(id, outputs.push(keyOf(name(reference.node), reference)) - 1);
  }
  return { outputs, checks, rows, keys };
}

function keysIn(node: InsertNode | undefined): KeyReference[] {
  const pieces = (node?.rows ?? []).flatMap((row) => [...row.values()].flatMap((value) => value.parts));
  return pieces.flatMap((piece) => (typeof piece !== 'string' && piece.kind === 'key' ? [piece] : []));
}

function keyId({ node, column }: KeyReference): string {
  return `${node} ${column.name}`;
}

function keyOf(name: string, { column }: KeyReference): string {
  return `(SELECT ${column.sql} FROM ${name})`;
}

function countOf(names: readonly string[]): string {
  return names.map((name) => `(SELECT count(*) FROM ${name})`).join(' + ');
}

function renderNodes(
  nodes: readonly InsertNode[],
  statement: readonly number[],
  name: (index: number) => string,
  key: (reference: KeyReference) => string | Cell,
): Expressions {
  const slots: Slot[] = [];
  const places: Place[] = [];
  const texts = statement.flatMap((index) => {
    const node = nodes[index];
    if (!node) return [];
    const firstSlot = slots.length;
    const text = `${name(index)} AS (${render(insertStatement(node), slots, { key })})`;
    places.push({ schema: node.table.schema, relation: node.table.relation, firstSlot, endSlot: slots.length, path: node.path });
    return [text];
  });
  return { text: texts.join(', '), slots, places };
}
