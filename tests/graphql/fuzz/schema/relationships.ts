import type { Draw } from '../draw';
import { isUnique } from './model';
import type { ForeignKeyModel, RelationshipModel, TableModel } from './model';

/**
 * Adds both ends of every foreign key: with the names of the rule, or with names of metadata's own when `isOdd` or when
 * the rule would give a name twice. Tells whether metadata is needed for the names.
 */
export function addRelationships(draw: Draw, tables: readonly TableModel[], isOdd: boolean): boolean {
  if (!isOdd && tables.every((table) => isClear(table, byRule(table, tables)))) {
    for (const table of tables) table.relationships.push(...byRule(table, tables));
    return false;
  }
  for (const table of tables) table.relationships.push(...named(draw, byRule(table, tables)));
  for (const table of tables) if (draw.chance(40)) addManual(draw, table, tables);
  return true;
}

function isClear(table: TableModel, relationships: readonly RelationshipModel[]): boolean {
  const names = [...table.columns, ...relationships].flatMap(({ name }) => [name, `${name}_aggregate`]);
  return new Set(names).size === names.length;
}

function named(draw: Draw, relationships: readonly RelationshipModel[]): RelationshipModel[] {
  return relationships.map((each, index) => {
    const isList = each.kind === 'array' || (each.insertion === 'after' && draw.chance(30));
    return { ...each, name: `${isList ? 'list' : 'one'}_${index}`, kind: isList ? 'array' : 'object' };
  });
}

/** An array relationship over two columns of one type that no foreign key joins. */
function addManual(draw: Draw, table: TableModel, tables: readonly TableModel[]): void {
  const target = draw.pick(tables);
  const pairs = table.columns.flatMap((own) =>
    target.columns.filter(({ type }) => type === own.type && type !== 'jsonb').map((other) => [own, other] as const),
  );
  if (pairs.length === 0) return;
  const mapping = [draw.pick(pairs)];
  table.relationships.push({ name: 'manual', kind: 'array', target, mapping, insertion: 'after', foreignKey: undefined });
}

/** The relationships of a table as the rule of src/graphql/model/links.ts has them. */
function byRule(table: TableModel, tables: readonly TableModel[]): RelationshipModel[] {
  const own = table.foreignKeys.map((key): RelationshipModel => {
    const several = key.target === table || keysTo(table, key.target) > 1;
    const mapping = key.columns.map((column, index) => [column, targetColumn(key, index)] as const);
    const name = several ? byColumns(key) : key.target.relation;
    return { name, kind: 'object', target: key.target, mapping, insertion: 'before', foreignKey: key };
  });
  const back = tables.flatMap((child) =>
    child.foreignKeys
      .filter(({ target }) => target === table)
      .map((key): RelationshipModel => {
        const single = isUnique(child, key.columns);
        const plain = single ? child.relation : `${child.relation}s`;
        const name = keysTo(child, table) > 1 ? `${plain}_by_${byColumns(key)}` : plain;
        const mapping = key.columns.map((column, index) => [targetColumn(key, index), column] as const);
        return { name, kind: single ? 'object' : 'array', target: child, mapping, insertion: 'after', foreignKey: key };
      }),
  );
  return [...own, ...back];
}

function keysTo(child: TableModel, parent: TableModel): number {
  return child.foreignKeys.filter(({ target }) => target === parent).length;
}

function byColumns(key: ForeignKeyModel): string {
  return key.columns.map(({ sql }) => sql.replace(/_id$/, '')).join('_');
}

function targetColumn(key: ForeignKeyModel, index: number): ForeignKeyModel['targetColumns'][number] {
  const column = key.targetColumns[index];
  if (!column) throw new Error(`foreign key ${key.name} has too few target columns`);
  return column;
}
