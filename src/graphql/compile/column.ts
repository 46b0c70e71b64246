import type { Column } from '../model';
import { operatorSql } from '../model';
import type { Sql } from './sql';
import { raw, sql } from './sql';

/** A column of the row under an alias, as a value that operators and aggregates take. */
export function operand(alias: Sql, { sql: name, type }: Column): Sql {
  return sql`${alias}.${raw(type.needsCast ? `${name}::${type.sql}` : name)}`;
}

/** What compares two columns for equality: the operator of their type, if they are of one. */
export function equalityOf(a: Column, b: Column): Sql {
  return raw(a.type.sql === b.type.sql ? operatorSql(a.type, '=') : '=');
}
