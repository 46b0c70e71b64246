import { validationFailed } from '../errors';
import type { Table } from '../model';
import { fieldTypes, isNull, listItems } from './input';
import { insertObject, onConflict } from './insert-input';
import type { InsertNode } from './insert-nodes';
import { insertNodes } from './insert-nodes';
import { writeAll, writeInSteps } from './insert-statements';
import type { Output, PlanBuilder } from './plan';
import type { Request } from './request';
import type { ResponseForm } from './response';
import { answerLater, answeringStatement, emptyAnswer, showsRelated, showsRows } from './response';
import type { SelectedField } from './selection';
import { argumentsOf, required } from './selection';
import { raw, render, tablesOf } from './sql';

/** `insert_T` and `insert_T_one` (contract 6). */
export function insert(request: Request, table: Table, field: SelectedField, form: ResponseForm, plan: PlanBuilder): Output[] {
  const path = `${field.path}.args`;
  const dataName = form === 'row' ? 'object' : 'objects';
  const types: Readonly<Record<string, string>> = {
    [dataName]: form === 'row' ? `${table.name}_insert_input!` : `[${table.name}_insert_input!]!`,
    ...(table.constraints.size > 0 ? { on_conflict: `${table.name}_on_conflict` } : {}),
  };
  const args = argumentsOf(request, field, fieldTypes(types));
  const data = required(args, dataName, path);
  if (form === 'row' && isNull(request, data)) {
    throw validationFailed(`${path}.object`, `expected an object for type '${table.name}_insert_input', but found null`);
  }
  const dataPath = `${path}.${dataName}`;
  const items =
    form === 'row' ? [{ item: data, path: dataPath }] : listItems(request, data, `${table.name}_insert_input!`, dataPath);
  const objects = items.map((entry) => insertObject(request, table, entry.item, entry.path));
  if (objects.length === 0) return emptyAnswer(request, table, field, form);
  const conflictInput = args.get('on_conflict');
  const conflict = conflictInput && onConflict(request, table, conflictInput, `${path}.on_conflict`);
  const nodes = insertNodes(table, objects, conflict, dataPath);
  const packed = pack(nodes);
  const [only] = packed;
  if (only && packed.length === 1 && !showsRelated(request, table, field, form)) {
    const { text, slots, places, affected } = writeAll(nodes, only);
    const answer = answeringStatement(request, table, field, form, { expressions: raw(text), affected });
    return [{ step: plan.add({ sql: render(answer, slots), slots, path: dataPath, places }), column: 0 }];
  }
  const cells = writeInSteps(plan, nodes, packed, showsRows(request, table, field, form), dataPath);
  return answerLater(request, table, field, form, plan, cells);
}

/**
 * Packs the inserts into statements, keeping their order. One statement can do many inserts, handing keys from one to
 * the next, but cannot touch a table's row twice, so a table comes once in it. It sees no row that it writes itself, so
 * an upsert whose condition reads a table comes after what writes that. And where an insert may write no row that
 * another needs, the outcome is looked at before anything else is sent.
 */
function pack(nodes: readonly InsertNode[]): number[][] {
  const needed = new Set(nodes.flatMap(({ needs }) => needs.map(({ node }) => node)));
  const statements: number[][] = [];
  nodes.forEach((node, index) => {
    const current = statements.at(-1);
    const read = node.conflict && tablesOf(node.conflict.clause);
    const goesWith = (other: number): boolean => {
      const earlier = nodes[other];
      const isUnsure = needed.has(other) && earlier?.conflict?.mayIgnore;
      return earlier !== undefined && earlier.table !== node.table && !read?.has(earlier.table) && !isUnsure;
    };
    if (current && !node.startsObject && current.every(goesWith)) current.push(index);
    else statements.push([index]);
  });
  return statements;
}
