import type { Draw } from '../draw';
import { addColumn, addKey, setPrimaryKey } from './draft';
import type { Draft, Naming } from './draft';
import type { ColumnModel, TableModel } from './model';

const ROLES = ['owner', 'parent', 'first', 'second'];

/** Foreign keys to the table itself or earlier ones, several of them to one table now and then. */
export function addForeignKeys(
  draw: Draw,
  naming: Naming,
  table: Draft,
  name: string,
  earlier: readonly TableModel[],
  isPrimary: boolean,
): void {
  const roles = draw.some(ROLES, earlier.length > 0 ? 1 : 0, 3);
  roles.forEach((role, index) => {
    const target = draw.pick([...earlier, table]);
    const key = target.keys.length > 0 ? draw.pick(target.keys) : undefined;
    if (!key) return;
    const nullable = !(isPrimary && index === 0) && draw.chance(60);
    const columns = key.columns.map(({ type }, position) =>
      addColumn(draw, naming, table, `${role}_${['id', 'no', 'part'][position]}`, type, nullable),
    );
    const onDelete = draw.weighted([
      [3, 'NO ACTION'],
      [2, 'CASCADE'],
      [nullable ? 2 : 0, 'SET NULL'],
    ] as const);
    table.foreignKeys.push({ name: `${name}_${role}_fkey`, columns, target, targetColumns: key.columns, onDelete });
    if (isPrimary && index === 0) setPrimaryKey(table, name, primaryColumns(draw, naming, table, columns));
    else if (draw.chance(25)) addKey(table, `${name}_${role}_key`, columns);
  });
}

/** The key of the other table, alone (one to one) or with a number of its own (as the items of an order). */
function primaryColumns(draw: Draw, naming: Naming, table: Draft, columns: readonly ColumnModel[]): ColumnModel[] {
  return draw.chance(60) ? [...columns, addColumn(draw, naming, table, 'no', 'int4', false)] : [...columns];
}
