import fc from 'fast-check';
import { isEnumType, isInputObjectType, isObjectType } from 'graphql';
import type { Catalog, CatalogRelation } from '../../../src/graphql/catalog';
import { load } from '../../../src/graphql/load';
import { buildModel } from '../../../src/graphql/model';
import type { Table } from '../../../src/graphql/model';
import { mutations, queries, stream } from '../../../src/graphql/model/roots';
import { typeNames } from '../../../src/graphql/model/type-names';
import { buildSchema } from '../../../src/graphql/schema';
import { libraryFixture, shopFixture } from '../database';

const COMMON = /^(__.*|.*_comparison_exp|(query|mutation|subscription)_root|order_by|cursor_ordering|jsonb_cast_exp|.*_enum)$/;

test.each([
  ['shop', shopFixture],
  ['library', libraryFixture],
])('every type of the schema is one that a table claims, or one of every schema: %s', async (_, open) => {
  const fixture = await open();
  try {
    const { model } = await load(fixture);
    const claimed = new Set(model.tables.flatMap(typeNames));
    const types = Object.values(buildSchema(model).getTypeMap());
    const unclaimed = types.filter((type) => isObjectType(type) || isInputObjectType(type) || isEnumType(type));
    expect(unclaimed.map(({ name }) => name).filter((name) => !claimed.has(name) && !COMMON.test(name))).toEqual([]);
  } finally {
    await fixture.drop();
  }
});

/** Names that are one another's with something behind it. */
const NAMES = ['a', 'b', 'int4', 'Int', ''].flatMap((start) =>
  ['', '_a', '_aggregate', '_by_pk', '_one', '_many', '_stream', '_order_by', '_bool_exp', '_comparison_exp', '_updates', '_set']
    .flatMap((middle) => ['', '_input', '_fields', '_aggregate'].map((end) => `${start}${middle}${end}`))
    .filter((name) => /^[a-zA-Z_]/.test(name)),
);

function relation(name: string, index: number): CatalogRelation {
  const column = { name: 'id', type: 23, notNull: true, readOnly: false, comment: null };
  const writable = { insertable: true, updatable: true, deletable: true };
  const keys = [{ name: 'key', primary: true, deferrable: false, columns: ['id'] }];
  const rest = { comment: null, columns: [column], keys, foreignKeys: [], partitions: [] };
  return { oid: index, schema: 'public', name, ...writable, ...rest };
}

const INT = { oid: 23, schema: 'pg_catalog', name: 'int4', kind: 'b', element: null, base: null, delimiter: ',' };

function catalogOf(names: readonly string[]): Catalog {
  return { relations: names.map(relation), types: new Map([[23, { ...INT, operators: [], aggregates: [] }]]) };
}

function claimsOf(table: Table): string[] {
  const fields = [queries(table), [...queries(table), stream(table)], mutations(table)];
  return [...typeNames(table), ...fields.flatMap((list, root) => list.map(({ name }) => `${root}.${name}`))];
}

test('no two tables that are served have a name in common, and none is left out without a reason', () => {
  const property = fc.property(fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 12 }), (names) => {
    const { model, refused } = buildModel(catalogOf(names));
    const claims = model.tables.flatMap(claimsOf);
    expect(claims).toHaveLength(new Set(claims).size);
    expect(model.tables.length + refused.length).toBe(names.length);
    const served = new Set([...claims, 'Int', 'Int_comparison_exp', 'order_by']);
    const isServed = new Set(model.tables.map(({ name }) => name));
    for (const [index, name] of names.entries()) {
      if (isServed.has(name)) continue;
      const [alone] = buildModel(catalogOf([name])).model.tables;
      const own = alone ? claimsOf(alone) : [name];
      expect([names, index, own.some((each) => served.has(each))]).toEqual([names, index, true]);
    }
  });
  fc.assert(property, { numRuns: 300 });
});
