import type { TableModel } from '../schema/model';
import { rowArguments } from './arguments';
import type { Document } from './ast';
import type { Context } from './context';
import type { Input } from './input';
import { finish } from './finish';
import { aggregateSource, rowSource } from './rows';
import { field, Scope, selections } from './selections';
import type { Source } from './selections';
import { valueInput } from './values';

/** A query with one root field or several. */
export function drawQuery(context: Context): Document {
  return finish(context, 'query', selections(context, rootOf('query'), new Scope(false)));
}

/** A subscription, whose root fields are those of a query without what tells of the schema. */
export function drawSubscription(context: Context): Document {
  return finish(context, 'subscription', selections(context, rootOf('subscription'), new Scope(false)));
}

const rootOf = (operation: 'query' | 'subscription'): Source => ({
  type: `${operation}_root`,
  isRoot: true,
  field(context, scope) {
    const { draw } = context;
    const table = draw.pick(context.schema.tables);
    const kind = draw.weighted([
      [12, 'select'],
      [table.primaryKey ? 3 : 0, 'by_pk'],
      [6, 'aggregate'],
      [operation === 'query' ? 1 : 0, '__typename'],
    ] as const);
    if (kind === '__typename') return field(context, scope, kind);
    if (kind === 'by_pk') return field(context, scope, `${table.name}_by_pk`, keyArguments(context, table), rowSource(table));
    if (kind === 'aggregate')
      return field(context, scope, `${table.name}_aggregate`, rowArguments(context, table), aggregateSource(table));
    return field(context, scope, table.name, rowArguments(context, table), rowSource(table));
  },
});

/** An argument for each column of the primary key. */
export function keyArguments(context: Context, table: TableModel): [string, Input][] {
  const columns = table.primaryKey?.columns ?? [];
  return context.draw
    .some(columns, columns.length, columns.length)
    .map(({ name, type }) => [name, valueInput(context, type, true)]);
}
