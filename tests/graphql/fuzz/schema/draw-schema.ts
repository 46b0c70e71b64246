import { SMALL } from '../data/domain';
import { TYPE_NAMES } from '../data/types';
import type { TypeName } from '../data/types';
import type { Draw } from '../draw';
import { addColumn, addKey, oddName, setPrimaryKey } from './draft';
import type { Draft, Naming } from './draft';
import { addForeignKeys } from './draw-foreign-keys';
import type { Fallback, SchemaModel, TableModel } from './model';
import { addRelationships } from './relationships';

const TABLE_NAMES = ['author', 'article', 'tag', 'Order', 'shelf', 'no_2'];

/** Names that mean something elsewhere: in GraphQL's dialect, in SQL, in JavaScript. */
const COLUMN_NAMES = [
  'a',
  'b',
  'name',
  'count',
  'select',
  'Group',
  'max',
  'nodes',
  't0',
  'constructor',
  'aggregate',
  'of',
  'data',
];

const KEY_TYPES: readonly (readonly [number, TypeName])[] = [
  [5, 'int4'],
  [2, 'text'],
  [1, 'uuid'],
  [1, 'int8'],
  [1, 'numeric'],
  [1, 'enum'],
  [1, 'date'],
  [1, 'varchar'],
  [1, 'int2'],
];

/** A schema of two to five tables. Foreign keys go to the table itself or to earlier ones, so that rows can be made in order. */
export function drawSchema(draw: Draw, schema: string): SchemaModel {
  const naming: Naming = { schema, isOdd: draw.chance(40) };
  const tables: TableModel[] = [];
  for (const name of draw.some(TABLE_NAMES, 2, 5)) tables.push(drawTable(draw, naming, name, tables));
  const hasMetadata = addRelationships(draw, tables, naming.isOdd);
  return { schema, tables, hasMetadata, stringifyNumerics: draw.chance(20) };
}

function drawTable(draw: Draw, naming: Naming, name: string, earlier: readonly TableModel[]): TableModel {
  const table: Draft = {
    name: naming.isOdd ? name : `${naming.schema}_${name}`,
    relation: naming.isOdd ? oddName(draw, name) : name,
    columns: [],
    primaryKey: undefined,
    keys: [],
    foreignKeys: [],
    relationships: [],
  };
  const keyKind = draw.weighted([
    [5, 'own'],
    [2, 'composite'],
    [2, 'foreign'],
    [2, 'none'],
  ] as const);
  if (keyKind === 'own' || keyKind === 'composite') addPrimaryKey(draw, naming, table, name, keyKind === 'own' ? 1 : 2);
  addForeignKeys(draw, naming, table, name, earlier, keyKind === 'foreign');
  for (const column of draw.some(COLUMN_NAMES, 2, 6)) {
    const type = draw.pick(TYPE_NAMES);
    addColumn(draw, naming, table, column, type, draw.chance(65), constantFallback(draw, type));
  }
  if (draw.chance(35)) addUnique(draw, table, name);
  return table;
}

function addPrimaryKey(draw: Draw, naming: Naming, table: Draft, name: string, size: number): void {
  const columns = ['id', 'no'].slice(0, size).map((column) => {
    const type = draw.weighted(KEY_TYPES);
    const hasSequence = size === 1 && (type === 'int4' || type === 'int8') && draw.chance(50);
    return addColumn(draw, naming, table, column, type, false, hasSequence ? { kind: 'sequence' } : undefined);
  });
  setPrimaryKey(table, name, columns);
}

function addUnique(draw: Draw, table: Draft, name: string): void {
  const columns = draw.some(
    table.columns.filter(({ type }) => KEY_TYPES.some(([, each]) => each === type)),
    1,
    2,
  );
  addKey(table, `${name}_key`, columns);
}

function constantFallback(draw: Draw, type: TypeName): Fallback | undefined {
  return draw.chance(25) ? { kind: 'constant', value: SMALL.value(draw, type) } : undefined;
}
