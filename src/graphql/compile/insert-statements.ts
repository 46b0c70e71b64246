import type { InsertNode } from './insert-nodes';
import { insertStatement } from './insert-nodes';
import { boundedTexts } from './json';
import type { Check, Place, PlanBuilder } from './plan';
import type { Cell, KeyReference, Slot, Sql } from './sql';
import { raw, render, sql } from './sql';

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

/** What nodes want of those in earlier statements. */
interface Wanted {
  /** By statement, the keys that later ones carry. */
  readonly keys: ReadonlyMap<number, KeyReference[]>;
  /** By node, what the first one that needs a row of it says when there is none. */
  readonly needs: ReadonlyMap<number, InsertNode['needs'][number]>;
}

function wantedLater(nodes: readonly InsertNode[], stepOf: ReadonlyMap<number, number>): Wanted {
  const keys = new Map<number, KeyReference[]>();
  const needs = new Map<number, InsertNode['needs'][number]>();
  for (const [index, node] of nodes.entries()) {
    const own = stepOf.get(index);
    for (const need of node.needs) if (stepOf.get(need.node) !== own && !needs.has(need.node)) needs.set(need.node, need);
    for (const key of keysIn(node)) {
      const step = stepOf.get(key.node);
      if (step === undefined || step === own) continue;
      const known = keys.get(step);
      if (known) known.push(key);
      else keys.set(step, [key]);
    }
  }
  return { keys, needs };
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
  const stepOf = new Map(statements.flatMap((statement, index) => statement.map((node) => [node, index] as const)));
  const wanted = wantedLater(nodes, stepOf);
  const layouts = statements.map((statement, index) =>
    layoutOf(nodes, statement, wanted, wanted.keys.get(index) ?? [], name, showRows),
  );
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

function textsOf(name: string): string {
  return render(sql`(SELECT ${boundedTexts(raw(name))} FROM ${raw(name)})`, []);
}

function layoutOf(
  nodes: readonly InsertNode[],
  statement: readonly number[],
  { needs }: Wanted,
  wantedKeys: readonly KeyReference[],
  name: (index: number) => string,
  showRows: boolean,
): Layout {
  const outputs = [countOf(statement.map(name))];
  const root = showRows ? statement.find((index) => nodes[index]?.isRoot) : undefined;
  const rows = root === undefined ? undefined : outputs.push(textsOf(name(root))) - 1;
  const checks: Check[] = [];
  for (const index of statement) {
    const need = nodes[index]?.conflict?.mayIgnore ? needs.get(index) : undefined;
    if (need) {
      const column = outputs.push(countOf([name(index)])) - 1;
      checks.push({ column, code: 'not-supported', path: need.path, message: need.message });
    }
  }
  const keys = new Map<string, number>();
  for (const reference of wantedKeys) {
    const id = keyId(reference);
    if (!keys.has(id)) keys.set(id, outputs.push(keyOf(name(reference.node), reference)) - 1);
  }
  return { outputs, checks, rows, keys };
}

function keysIn(node: InsertNode): KeyReference[] {
  const keys: KeyReference[] = [];
  const note: Parameters<Sql['forEach']>[0] = (part) => {
    if (typeof part !== 'string' && part.kind === 'key') keys.push(part);
  };
  for (const row of node.rows) for (const value of row.values()) value.forEach(note);
  return keys;
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
    places.push({ table: node.table, firstSlot, endSlot: slots.length, path: node.path });
    return [text];
  });
  return { text: texts.join(', '), slots, places };
}
