import type pg from 'pg';
import type { Fixture } from './database';
import { ask, libraryFixture } from './database';

// Every operator that introspection offers for the columns of library.every_type, compared with plain SQL: with the values
// of each row in variables and in literals. Where Postgres has no such operator, both must say so.

let library: Fixture;
/** Has the operators of the extension on its search path. */
let client: pg.PoolClient;
beforeAll(async () => {
  // As strings, so that JavaScript does not round the operands.
  library = await libraryFixture({ stringifyNumerics: true });
  client = await library.pool.connect();
  await client.query('SET search_path TO extensions, public');
});
afterAll(async () => {
  client.release(true);
  await library.drop();
});

const EQUALITY = ['_eq', '_in', '_is_null', '_neq', '_nin'];
const COMMON = [...EQUALITY, '_gt', '_gte', '_lt', '_lte'];
const TEXT = ['like', 'ilike', 'similar', 'regex', 'iregex'].flatMap((name) => [`_${name}`, `_n${name}`]);
const CONTAINMENT = ['_contains', '_contained_in'];
const JSONB = [...CONTAINMENT, '_cast', '_has_key', '_has_keys_all', '_has_keys_any', '_jsonb_path_exists', '_jsonb_path_match'];
const LTREE = ['_ancestor', '_descendant', '_matches'].flatMap((name) => [name, `${name}_any`]).concat('_matches_fulltext');

/** Which operators each comparison type must offer beside the common ones (contract 3). */
const MORE: Record<string, readonly string[]> = {
  String_comparison_exp: TEXT,
  bpchar_comparison_exp: TEXT,
  citext_comparison_exp: TEXT,
  jsonb_comparison_exp: JSONB,
  ltree_comparison_exp: LTREE,
};

const BINARY: Record<string, string> = {
  _eq: '=',
  _neq: '<>',
  _gt: '>',
  _gte: '>=',
  _lt: '<',
  _lte: '<=',
  _contains: '@>',
  _contained_in: '<@',
};

/** The SQL of operators whose operand is not the column's own type, with an operand that tells rows 1 and 3 apart. */
const FIXED: Record<string, readonly [operand: unknown, condition: string]> = {
  _like: ['%t%', `LIKE '%t%'`],
  _nlike: ['%t%', `NOT LIKE '%t%'`],
  _ilike: ['%T%', `ILIKE '%T%'`],
  _nilike: ['%T%', `NOT ILIKE '%T%'`],
  _similar: ['(t|c|a)%', `SIMILAR TO '(t|c|a)%'`],
  _nsimilar: ['(t|c|a)%', `NOT SIMILAR TO '(t|c|a)%'`],
  _regex: ['^[tca]', `~ '^[tca]'`],
  _nregex: ['^[tca]', `!~ '^[tca]'`],
  _iregex: ['^[TCA]', `~* '^[TCA]'`],
  _niregex: ['^[TCA]', `!~* '^[TCA]'`],
  _cast: [{ String: { _like: '%"b"%' } }, `::text LIKE '%"b"%'`],
  _has_key: ['b', `? 'b'`],
  _has_keys_all: [['a', 'b'], `?& '{a,b}'`],
  _has_keys_any: [['b', 'none'], `?| '{b,none}'`],
  _jsonb_path_exists: ['$.a[*] ? (@ == true)', `@? '$.a[*] ? (@ == true)'`],
  _jsonb_path_match: ['$.c == 2', `@@ '$.c == 2'`],
  _ancestor: ['a.b.c.x', `@> 'a.b.c.x'`],
  _ancestor_any: [['a.b.c.x', 'q'], `@> ANY ('{a.b.c.x,q}'::ltree[])`],
  _descendant: ['a.b.c.d', `<@ 'a.b.c.d'`],
  _descendant_any: [['a.b.c.d', 'q'], `<@ ANY ('{a.b.c.d,q}'::ltree[])`],
  _matches: ['*.c', `~ '*.c'`],
  _matches_any: [['*.c', 'q'], `~ ANY ('{*.c,q}'::lquery[])`],
  _matches_fulltext: ['a & !d', `@ 'a & !d'`],
};

interface Offered {
  column: string;
  sqlType: string;
  operators: Record<string, string>;
  comparison: string;
  /** The values of rows 1 and 3 as the API gives them, and as Postgres writes them. */
  values: readonly { json: unknown; text: string }[];
}

async function offered(): Promise<Offered[]> {
  const query = `{ where: __type(name: "library_every_type_bool_exp") { inputFields { name type { name inputFields { name type { ...t } } } } } }
    fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`;
  const { where } = (await ask(library.engine, query)).data as { where: { inputFields: Input[] } };
  const types = await client.query<{ column: string; type: string }>(
    `SELECT attname AS column, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = 'library.every_type'::regclass AND attnum > 0`,
  );
  const names = types.rows.map(({ column }) => column);
  const rows = (
    await ask(
      library.engine,
      `{ rows: library_every_type(where: {id: {_in: [1, 3]}}, order_by: {id: asc}) { ${names.join(' ')} } }`,
    )
  ).data?.rows as Record<string, unknown>[];
  const texts = await client.query<Record<string, string>>(
    `SELECT ${names.map((name) => `${name}::text`).join(', ')} FROM library.every_type WHERE id IN (1, 3) ORDER BY id`,
  );
  return where.inputFields.flatMap(({ name, type }) => {
    if (name.startsWith('_')) return [];
    const operators = Object.fromEntries((type.inputFields ?? []).map((each) => [each.name, typeText(each.type)]));
    const sqlType = types.rows.find(({ column }) => column === name)?.type ?? '';
    const values = rows.map((row, index) => ({ json: row[name], text: texts.rows[index]?.[name] ?? '' }));
    return [{ column: name, sqlType, operators, comparison: type.name ?? '', values }];
  });
}

interface Type {
  kind: string;
  name: string | null;
  ofType?: Type;
  inputFields?: Input[] | null;
}
interface Input {
  name: string;
  type: Type;
}

function typeText({ kind, name, ofType }: Type): string {
  if (!ofType) return name ?? '';
  return kind === 'LIST' ? `[${typeText(ofType)}]` : `${typeText(ofType)}!`;
}

/** A JSON value as a literal of GraphQL. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${literal(each)}`)
    .join(', ')}}`;
}

type Answer = { ids: number[] } | { state: string };

async function bySql(condition: string, parameters: string[]): Promise<Answer> {
  try {
    const { rows } = await client.query<{ id: number }>(
      `SELECT id FROM library.every_type WHERE ${condition} ORDER BY id`,
      parameters,
    );
    return { ids: rows.map(({ id }) => id) };
  } catch (error) {
    return { state: (error as { code: string }).code };
  }
}

async function byGraphQL(filter: string, declarations = '', variables: Record<string, unknown> = {}): Promise<Answer> {
  const query = `query ${declarations} { library_every_type(where: ${filter}, order_by: {id: asc}) { id } }`;
  const { data, errors } = await ask(library.engine, query, variables);
  if (data) return { ids: (data.library_every_type as { id: number }[]).map(({ id }) => id) };
  const internal = errors?.[0]?.extensions.internal as { error: { status_code: string } } | undefined;
  return { state: internal?.error.status_code ?? errors?.[0]?.message ?? '' };
}

/** Lists of arrays have no type in Postgres. */
function emptyList(operator: string, sqlType: string): string {
  if (sqlType.endsWith('[]')) return operator === '_in' ? 'IS NULL AND false' : 'IS NULL OR true';
  return `${operator === '_in' ? '= ANY' : '<> ALL'} ('{}'::${sqlType}[])`;
}

/** How a value of a column is given: composites and the elements of what Postgres calls a matrix only in its own notation. */
function operand({ comparison, column }: Offered, { json, text }: Offered['values'][number]): unknown {
  return comparison.includes('_scalar_') || column === 'c_matrix' ? text : json;
}

test('the operators that are offered are those of the contract', async () => {
  for (const { column, comparison, operators } of await offered()) {
    const more = comparison.endsWith('_array_comparison_exp') ? CONTAINMENT : (MORE[comparison] ?? []);
    expect({ column, operators: Object.keys(operators) }).toEqual({ column, operators: [...COMMON, ...more].sort() });
  }
});

test('every operator gives the rows that SQL gives', async () => {
  const columns = await offered();
  expect(columns.length).toBeGreaterThan(70);
  let found = 0;
  for (const each of columns) {
    const { column, sqlType, operators } = each;
    for (const [operator, type] of Object.entries(operators)) {
      const check = async (value: unknown, condition: string, parameters: string[] = []): Promise<void> => {
        const expected = await bySql(`${column} ${condition}`, parameters);
        const what = `${column} ${operator} ${JSON.stringify(value)}`;
        const byVariable = await byGraphQL(`{${column}: {${operator}: $v}}`, `($v: ${type})`, { v: value });
        expect({ what, ...byVariable }).toEqual({ what, ...expected });
        const byLiteral = await byGraphQL(`{${column}: {${operator}: ${literal(value)}}}`);
        expect({ what, ...byLiteral }).toEqual({ what, ...expected });
        if ('ids' in expected && expected.ids.length > 0) found += 1;
      };
      const fixed = FIXED[operator];
      if (operator === '_is_null') {
        await check(true, 'IS NULL');
        await check(false, 'IS NOT NULL');
      } else if (fixed) await check(fixed[0], fixed[1]);
      else {
        for (const value of each.values) {
          const given = operand(each, value);
          if (operator === '_in' || operator === '_nin') {
            await check([given], `${operator === '_in' ? 'IN' : 'NOT IN'} ($1::${sqlType})`, [value.text]);
            await check([], emptyList(operator, sqlType));
          } else await check(given, `${BINARY[operator]} $1::${sqlType}`, [value.text]);
        }
      }
    }
  }
  expect(found).toBeGreaterThan(600);
}, 120_000);
