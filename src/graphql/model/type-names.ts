import { aggregatePredicates } from './aggregate-predicates';
import { aggregateFunctions } from './aggregates';
import type { Table } from './model';
import { mutations } from './roots';
import { updateOperators } from './update-operators';

/** Every type that a table brings or may bring, by what follows its name (contract 1.3). The enum of an enum table is a column's. */
export function typeNames(table: Table): string[] {
  const suffixes = [...always(table), ...related(table), ...written(table)];
  return suffixes.map((suffix) => `${table.name}${suffix}`);
}

function always(table: Table): string[] {
  const functions = [...aggregateFunctions(table).keys()].map((name) => `_${name}_fields`);
  const rows = ['', '_bool_exp', '_order_by', '_select_column', '_stream_cursor_input', '_stream_cursor_value_input'];
  return [...rows, '_aggregate', '_aggregate_fields', ...functions];
}

/** Those that another table's relationship refers to. */
function related(table: Table): string[] {
  const functions = [...aggregateFunctions(table).keys()].map((name) => `_${name}_order_by`);
  const predicates = [...aggregatePredicates(table).values()].flatMap(({ name, takes }) => {
    const own = `_aggregate_bool_exp_${name}`;
    const columns = takes === 'columns' ? [] : [`_select_column_${table.name}${own}_arguments_columns`];
    return [own, ...columns, ...(takes === 'pair' ? [`${own}_arguments`] : [])];
  });
  const inserts = table.insertable ? ['_obj_rel_insert_input', '_arr_rel_insert_input'] : [];
  return ['_aggregate_order_by', ...functions, '_aggregate_bool_exp', ...predicates, ...inserts];
}

function written(table: Table): string[] {
  const kinds = mutations(table).map(({ kind }) => kind);
  const suffixes = kinds.length > 0 ? ['_mutation_response'] : [];
  if (kinds.includes('insert')) suffixes.push('_insert_input');
  if (kinds.includes('insert') && table.constraints.size > 0) suffixes.push('_on_conflict', '_constraint', '_update_column');
  if (kinds.includes('update')) suffixes.push('_updates', ...updateOperators(table).map(({ operator }) => `_${operator.input}`));
  if (kinds.includes('updateByPk')) suffixes.push('_pk_columns_input');
  return suffixes;
}
