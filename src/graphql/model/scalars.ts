import type { CatalogType } from '../catalog';

/** How a JSON value is read as a parameter of this type. A string always goes to Postgres, which reads it or says why not. */
export type ScalarInput = 'integer' | 'number' | 'boolean' | 'string' | 'money' | 'json' | 'enum' | 'ltree' | 'unknown';

/** A Postgres type as GraphQL shows it. */
export interface Scalar {
  /** The GraphQL name, e.g. `Int`, `bigint`, `timestamptz`. */
  readonly name: string;
  /** The type in SQL, quoted where it needs to be, e.g. `int8`, `"shop"."mood"`. */
  readonly sql: string;
  readonly input: ScalarInput;
  /** For integers: how many bits Postgres has for it. */
  readonly bits: number;
  /** `avg`, `sum` and the like exist, and `_inc`. */
  readonly numeric: boolean;
  /** `max` and `min` are offered. */
  readonly ordered: boolean;
  /** `_like`, `_regex` and the like are offered. */
  readonly textual: boolean;
  /** What Hasura's decoder calls it in its messages. */
  readonly decoder: string;
  /** Answered as a string, because JavaScript rounds its numbers. */
  readonly asText: boolean;
  /** What separates the elements of an array of it. */
  readonly delimiter: string;
  /** The values of an enum table with their descriptions. */
  readonly values?: EnumValues;
  /** Of a base type that is not Postgres' own. */
  readonly extension?: Extension;
}

/** Where a type that is not Postgres' own lives: the search path need not lead there. */
export interface Extension {
  /** Quoted. */
  readonly schema: string;
  /** The operators and aggregates that the schema has for the type. */
  readonly operators: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
}

/** The values of an enum, sorted, each with its description. */
export type EnumValues = ReadonlyMap<string, string | null>;

/** A column's type: a scalar, or an array of one (all dimensions of an array are one GraphQL list). */
export interface ColumnType {
  readonly scalar: Scalar;
  readonly isArray: boolean;
  readonly sql: string;
  /** As GraphQL writes it, e.g. `Int`, `[Int!]`. */
  readonly name: string;
  /** The name of its comparison input, e.g. `Int_comparison_exp`, `Int_array_comparison_exp`. */
  readonly comparison: string;
  /** Postgres finds no operator for it as it is declared (a domain over an enum, an array of a domain), only as `sql`. */
  readonly needsCast: boolean;
}

type Known = Partial<Omit<Scalar, 'sql'>>;

const integer = (name: string, bits: number, hasura: string): Known => ({
  name,
  input: 'integer',
  bits,
  numeric: true,
  ordered: true,
  decoder: `Integer expected for input type: ${hasura}`,
});
const number = (name: string, decoder: string): Known => ({ name, input: 'number', numeric: true, ordered: true, decoder });
const text = (name: string, decoder = 'Text'): Known => ({ name, input: 'string', ordered: true, textual: true, decoder });
const time = (name: string, decoder: string): Known => ({ name, input: 'string', ordered: true, decoder });

/** The types of pg_catalog that Hasura knows; the rest keep their own name and take strings. */
const KNOWN: Readonly<Record<string, Known>> = {
  int2: integer('smallint', 16, 'PGSmallInt'),
  int4: integer('Int', 32, 'PGInteger'),
  int8: integer('bigint', 64, 'PGBigInt'),
  float4: number('Float', 'Float expected for input type: PGFloat'),
  float8: number('float8', 'Float expected for input type: PGDouble'),
  numeric: number('numeric', 'Scientific'),
  money: { name: 'money', input: 'money', numeric: true, ordered: true, decoder: 'Scientific' },
  bool: { name: 'Boolean', input: 'boolean' },
  text: text('String'),
  varchar: text('String'),
  bpchar: text('bpchar', 'Char'),
  char: text('bpchar', 'Char'),
  uuid: { name: 'uuid', input: 'string', ordered: true, decoder: 'UUID' },
  date: time('date', 'Day'),
  timestamp: time('timestamp', 'LocalTime'),
  timestamptz: time('timestamptz', 'UTCTime'),
  timetz: time('timetz', 'ZonedTimeOfDay'),
  json: { name: 'json', input: 'json' },
  jsonb: { name: 'jsonb', input: 'json' },
};

/** The base types of extensions that Hasura knows, whatever schema they were installed in. */
const EXTENSIONS: Readonly<Record<string, Known>> = {
  citext: text('citext'),
  ltree: { name: 'ltree', input: 'ltree', ordered: true },
};

/** Enums and composites, by Postgres' typtype. A table's row type must not be called as the table's object type. */
const KINDS: Readonly<Record<string, (name: string) => Known>> = {
  e: () => ({ ordered: true }),
  c: (name) => ({ name: `${name}_scalar`, ordered: true }),
};

export const STRING_SCALAR = builtInScalar('text');
export const INT_SCALAR = builtInScalar('int4');
export const BOOLEAN_SCALAR = builtInScalar('bool');
export const DOUBLE_SCALAR = builtInScalar('float8');

/** The type of a column that refers to an enum table: a GraphQL enum of that table's rows, a text in SQL. */
export function enumColumn(tableName: string, sql: string, values: EnumValues): ColumnType {
  return scalarColumn({
    ...STRING_SCALAR,
    textual: false,
    ordered: false,
    name: `${tableName}_enum`,
    sql,
    input: 'enum',
    values,
  });
}

export function arrayColumn(scalar: Scalar): ColumnType {
  const { name } = scalar;
  const comparison = `${name}_array_comparison_exp`;
  return { scalar, isArray: true, sql: `${scalar.sql}[]`, name: `[${name}!]`, comparison, needsCast: false };
}

export function scalarColumn(scalar: Scalar): ColumnType {
  const { name, sql } = scalar;
  return { scalar, isArray: false, sql, name, comparison: `${name}_comparison_exp`, needsCast: false };
}

/** What is known of a type by its name, where that says what it is. */
export function scalarOf(type: Pick<CatalogType, 'schema' | 'name' | 'kind' | 'delimiter'>, sql: string): Scalar {
  const { name, kind, delimiter } = type;
  const ofBase = type.schema === 'pg_catalog' ? KNOWN : EXTENSIONS;
  const known = kind === 'b' ? ofBase[name] : KINDS[kind]?.(name);
  const unknown = {
    name,
    input: 'unknown',
    bits: 0,
    numeric: false,
    ordered: false,
    textual: false,
    decoder: name,
    asText: false,
  } as const;
  return { ...unknown, ...known, sql, delimiter };
}

function builtInScalar(name: string): Scalar {
  return scalarOf({ schema: 'pg_catalog', name, kind: 'b', delimiter: ',' }, name);
}
