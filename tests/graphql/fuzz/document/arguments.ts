import type { TableModel } from '../schema/model';
import type { Context } from './context';
import { leaf } from './input';
import type { Input } from './input';
import { orderInput } from './order';
import { columnsFrom } from './columns';
import { whereInput } from './where';

/** The five arguments of a list of rows (contract 4), in any order. */
export function rowArguments(context: Context, table: TableModel): [string, Input][] {
  const { draw } = context;
  const args: [string, Input][] = [];
  const distinct = draw.chance(12) ? draw.some(table.columns, 1, 2) : [];
  if (distinct.length > 0) args.push(['distinct_on', columnsFrom(context, table, distinct)]);
  if (draw.chance(60)) args.push(['where', whereInput(context, table)]);
  if (draw.chance(distinct.length > 0 ? 85 : 55)) args.push(['order_by', orderInput(context, table, distinct)]);
  const isOrdered = table.primaryKey !== undefined || args.some(([name]) => name === 'order_by');
  if (draw.chance(isOrdered ? 25 : 5)) args.push(['limit', countInput(context, 'limit')]);
  if (draw.chance(isOrdered ? 20 : 5)) args.push(['offset', countInput(context, 'offset')]);
  return draw.some(args, args.length, args.length);
}

function countInput(context: Context, name: 'limit' | 'offset'): Input {
  const { draw, domain } = context;
  return context.input(
    'Int',
    () => {
      const count = domain.count(draw);
      return leaf(name === 'offset' && draw.chance(20) ? count.toString() : count);
    },
    { mayBeNull: true },
  );
}
