import fc from 'fast-check';
import { Mirror } from '../../src/status/mirror';

interface Row {
  readonly value: number;
}

const id = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), id, value: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant('delete' as const), id }),
  fc.record({ kind: fc.constant('take' as const) }),
  // A write that failed may have been done all the same.
  fc.record({ kind: fc.constantFrom('written' as const, 'failed' as const), isDone: fc.boolean() }),
  fc.record({ kind: fc.constant('emptied' as const) }),
);

test('whatever is set, deleted, written, failed or emptied, the table has the rows in the end', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const mirror = new Mirror<Row>();
      const expected = new Map<string, Row>();
      const table = new Map<string, Row>();
      let taken: ReturnType<typeof mirror.take> | undefined;
      const write = ({ put, gone }: ReturnType<typeof mirror.take>): void => {
        for (const absent of gone) table.delete(absent);
        for (const row of put) table.set(row.id, { value: row.value });
      };
      const settle = (isWritten: boolean, isDone: boolean): void => {
        if (!taken) return;
        if (isWritten || isDone) write(taken);
        if (isWritten) mirror.wrote(taken);
        else mirror.failed(taken);
        taken = undefined;
      };
      for (const next of steps) {
        if (next.kind === 'set') {
          mirror.set(next.id, { value: next.value });
          expected.set(next.id, { value: next.value });
        } else if (next.kind === 'delete') {
          mirror.delete(next.id);
          expected.delete(next.id);
        } else if (next.kind === 'take') taken ??= mirror.take();
        else if (next.kind === 'emptied') {
          settle(true, true);
          table.clear();
          mirror.forget();
        } else settle(next.kind === 'written', next.isDone);
      }
      settle(true, true);
      write(mirror.take());
      expect(table).toEqual(expected);
      expect(mirror.isDirty).toBe(false);
    }),
  );
});
