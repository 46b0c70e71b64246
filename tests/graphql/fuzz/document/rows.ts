import { isNumeric, isOrdered } from '../data/types';
import type { ColumnModel, TableModel } from '../schema/model';
import type { FieldNode } from './ast';
import { rowArguments } from './arguments';
import { columnsInput } from './columns';
import type { Context } from './context';
import { leaf } from './input';
import type { Input } from './input';
import { keyText } from './operators';
import { field } from './selections';
import type { Scope, Source } from './selections';

/** The fields of `T`: columns, relationships and their aggregates. */
export function rowSource(table: TableModel, depth = 3): Source {
  return {
    type: table.name,
    field(context, scope) {
      const { draw } = context;
      const deeper = depth > 0 && table.relationships.length > 0 && context.spend(4);
      const kind = draw.weighted([
        [12, 'column'],
        [1, '__typename'],
        [deeper ? 6 : 0, 'relationship'],
        [deeper ? 3 : 0, 'aggregate'],
      ] as const);
      if (kind === '__typename') return field(context, scope, '__typename');
      if (kind === 'column') return columnField(context, scope, draw.pick(table.columns));
      const { name, kind: multiplicity, target } = draw.pick(table.relationships);
      if (multiplicity === 'object') return field(context, scope, name, [], rowSource(target, depth - 1));
      const isAggregate = kind === 'aggregate';
      const below = isAggregate ? aggregateSource(target, depth - 1) : rowSource(target, depth - 1);
      return field(context, scope, `${name}${isAggregate ? '_aggregate' : ''}`, rowArguments(context, target), below);
    },
  };
}

function columnField(context: Context, scope: Scope, { name, type }: ColumnModel): FieldNode {
  const { draw } = context;
  const hasPath = type === 'jsonb' && draw.chance(40);
  return field(context, scope, name, hasPath ? [['path', pathInput(context)]] : []);
}

/** The argument `path`: `$.a[0]['b']`. */
function pathInput(context: Context): Input {
  const { draw } = context;
  const step = (index: number): string => {
    const key = keyText(context);
    const isPlain = /^[^.[\]'"]+$/.test(key) && !key.startsWith('$');
    const kind = draw.int(0, 3);
    if (kind === 0) return `[${draw.int(0, 2)}]`;
    if (kind === 1 && isPlain) return `${index === 0 ? '' : '.'}${key}`;
    const quote = kind === 2 ? '"' : "'";
    return `[${quote}${key.replaceAll(/[\\'"]/g, '\\$&')}${quote}]`;
  };
  const make = (): string => {
    const steps = draw.times(0, 2, step).join('');
    const start = draw.chance(50) || steps === '' ? '$' : '';
    return `${start}${start && !steps.startsWith('[') && steps ? '.' : ''}${steps}`;
  };
  return context.input('String', () => leaf(make()));
}

/** The fields of `T_aggregate`. */
export function aggregateSource(table: TableModel, depth = 3): Source {
  return {
    type: `${table.name}_aggregate`,
    field(context, scope) {
      const kind = context.draw.weighted([
        [6, 'aggregate'],
        [depth > 0 && context.spend(2) ? 3 : 0, 'nodes'],
        [1, '__typename'],
      ] as const);
      if (kind === '__typename') return field(context, scope, kind);
      return field(context, scope, kind, [], kind === 'aggregate' ? functionsSource(table) : rowSource(table, depth - 1));
    },
  };
}

const FUNCTIONS = ['sum', 'max', 'min', 'avg', 'stddev', 'stddev_pop', 'stddev_samp', 'var_pop', 'var_samp', 'variance'];

/** The fields of `T_aggregate_fields`. */
function functionsSource(table: TableModel): Source {
  return {
    type: `${table.name}_aggregate_fields`,
    field(context, scope) {
      const { draw } = context;
      const name = draw.weighted([
        [6, 'count'],
        [9, draw.pick(FUNCTIONS)],
        [1, '__typename'],
      ] as const);
      if (name === '__typename') return field(context, scope, name);
      const takes = name === 'max' || name === 'min' ? isOrdered : isNumeric;
      const columns = table.columns.filter(({ type }) => takes(type));
      if (name === 'count' || columns.length === 0) return field(context, scope, 'count', countArguments(context, table));
      return field(context, scope, name, [], columnsSource(`${table.name}_${name}_fields`, columns));
    },
  };
}

function countArguments(context: Context, table: TableModel): [string, Input][] {
  const { draw } = context;
  const args: [string, Input][] = [];
  if (draw.chance(60)) args.push(['columns', columnsInput(context, table, 1)]);
  if (draw.chance(50)) args.push(['distinct', context.input('Boolean', () => leaf(draw.chance(60)))]);
  return args;
}

/** The fields of `T_sum_fields` and its like. */
function columnsSource(type: string, columns: readonly ColumnModel[]): Source {
  return {
    type,
    field: (context, scope) => field(context, scope, context.draw.chance(95) ? context.draw.pick(columns).name : '__typename'),
  };
}
