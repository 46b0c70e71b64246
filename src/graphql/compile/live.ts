import type { Table } from '../model';
import type { NamedStatement } from './named-statement';
import { named } from './named-statement';
import type { Slot, Sql, ValueSlot } from './sql';
import { render, tablesOf } from './sql';

/** Where a stream goes on, by columns of the root's own row. */
export interface StreamCursor {
  /** The slot with the value from which the next batch begins. */
  readonly slot: number;
  /** The last value of the batch, NULL of an empty one. */
  readonly next: number;
  /** Whether the batch is as large as it may be, so that there may be more. */
  readonly isFull: number;
}

/**
 * One statement for many subscribers. Its first parameter is an array of their numbers, each further one an array of texts
 * with their values for a slot. It gives a row a subscriber: the number, then the columns of each root field's row.
 */
export interface LiveStatement extends NamedStatement {
  readonly slots: readonly ValueSlot[];
  /** How many columns each root field's row has. */
  readonly widths: readonly number[];
  /** What is read: a change of anything else cannot change a result. */
  readonly tables: readonly Table[];
  /** Of a stream. */
  readonly cursor: StreamCursor | undefined;
}

/** A root field's statement, which gives one row at most. */
export interface LiveRoot {
  readonly statement: Sql;
  readonly width: number;
  readonly cursor?: (Omit<StreamCursor, 'slot'> & { readonly value: Slot }) | undefined;
}

export function liveStatement(roots: readonly LiveRoot[]): LiveStatement {
  const all: Slot[] = [];
  const joins = roots.map(({ statement }, index) => {
    const text = render(statement, all, { parameter: (number) => `"$s"."p${number}"` });
    return ` LEFT JOIN LATERAL (${text}) AS "$r${index}" ON TRUE`;
  });
  const slots = all.filter((slot) => slot.kind === 'value');
  const columns = roots.map((_, index) => `, "$r${index}".*`).join('');
  const sql = `SELECT "$s"."n"${columns} FROM ${subscribers(slots)}${joins.join('')}`;
  const streaming = roots.find(({ cursor }) => cursor)?.cursor;
  return {
    ...named(sql),
    slots,
    widths: roots.map(({ width }) => width),
    tables: [...new Set(roots.flatMap(({ statement }) => [...tablesOf(statement)]))],
    cursor: streaming && { slot: all.indexOf(streaming.value), next: streaming.next, isFull: streaming.isFull },
  };
}

/**
 * A row a subscriber, with its values as they are typed. Because of the OFFSET Postgres reads each of them once, whether a
 * row of a table is compared with it or not: what it cannot read is found at once.
 */
function subscribers(slots: readonly ValueSlot[]): string {
  const numbers = slots.map((_, index) => index + 1);
  const arrays = numbers.map((number) => `, $${number + 1}::text[]`).join('');
  const texts = numbers.map((number) => `, "p${number}"`).join('');
  const values = slots.map(({ type }, index) => `, "$u"."p${index + 1}"::${type} AS "p${index + 1}"`).join('');
  const unnested = `unnest($1::int4[]${arrays}) AS "$u"("n"${texts})`;
  return `${unnested} CROSS JOIN LATERAL (SELECT "$u"."n"${values} OFFSET 0) AS "$s"`;
}
