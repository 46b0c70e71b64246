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
  /** The values of an enum table with their descriptions. */
  readonly values?: EnumValues;
  /** Of an ltree: the quoted schema of its operators and of the types that match it. */
  readonly extension?: string;
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

/** Postgres' built-in types that Hasura knows; the rest keep their own name and take strings. */
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
  citext: text('citext'),
  uuid: { name: 'uuid', input: 'string', ordered: true, decoder: 'UUID' },
  date: time('date', 'Day'),
  timestamp: time('timestamp', 'LocalTime'),
  timestamptz: time('timestamptz', 'UTCTime'),
  timetz: time('timetz', 'ZonedTimeOfDay'),
  json: { name: 'json', input: 'json' },
  jsonb: { name: 'jsonb', input: 'json' },
  ltree: { name: 'ltree', input: 'ltree', ordered: true },
};

/** Enums and composites, by Postgres' typtype. A table's row type must not be called as the table's object type. */
const KINDS: Readonly<Record<string, (name: string) => Known>> = {
  e: () => ({ ordered: true }),
  c: (name) => ({ name: `${name}_scalar`, ordered: true }),
};

export const STRING_SCALAR = scalarOf('text', 'text', 'b');
export const INT_SCALAR = scalarOf('int4', 'int4', 'b');
export const BOOLEAN_SCALAR = scalarOf('bool', 'bool', 'b');
export const DOUBLE_SCALAR = scalarOf('float8', 'float8', 'b');

const STRINGIFIED = ['int8', 'float8', 'numeric', 'money'];

/** The column types of a catalog, each made once. */
export class ColumnTypes {
  readonly #known = new Map<number, ColumnType>();

  /** @param stringifyNumerics answers numbers that JavaScript would round as strings */
  constructor(
    private readonly types: ReadonlyMap<number, CatalogType>,
    private readonly stringifyNumerics: boolean,
  ) {}

  /** The column type of a catalog type; a domain is its base type. */
  of(oid: number): ColumnType {
    const known = this.#known.get(oid);
    if (known) return known;
    const made = this.#make(oid);
    this.#known.set(oid, made);
    return made;
  }

  #make(oid: number): ColumnType {
    const type = this.types.get(oid);
    if (!type) throw new Error(`the catalog has no type with oid ${oid}`);
    if (type.base !== null) return this.of(type.base);
    if (type.element !== null) return arrayColumn(this.of(type.element).scalar);
    const scalar = scalarOf(type.name, sqlName(type), type.kind);
    const asText = this.stringifyNumerics && type.schema === 'pg_catalog' && STRINGIFIED.includes(type.name);
    return scalarColumn({ ...scalar, asText, ...(type.name === 'ltree' ? { extension: quoteIdentifier(type.schema) } : {}) });
  }
}

/** The type of a column that refers to an enum table: a GraphQL enum of that table's rows, a text in SQL. */
export function enumColumn(tableName: string, sql: string, values: EnumValues): ColumnType {
  return scalarColumn({ ...scalarOf('', sql, 'b'), name: `${tableName}_enum`, input: 'enum', values });
}

function arrayColumn(scalar: Scalar): ColumnType {
  const { name } = scalar;
  return { scalar, isArray: true, sql: `${scalar.sql}[]`, name: `[${name}!]`, comparison: `${name}_array_comparison_exp` };
}

export function scalarColumn(scalar: Scalar): ColumnType {
  return { scalar, isArray: false, sql: scalar.sql, name: scalar.name, comparison: `${scalar.name}_comparison_exp` };
}

function scalarOf(postgresName: string, sql: string, kind: string): Scalar {
  const known: Known = KNOWN[postgresName] ?? KINDS[kind]?.(postgresName) ?? {};
  const unknown = {
    name: postgresName,
    input: 'unknown',
    bits: 0,
    numeric: false,
    ordered: false,
    textual: false,
    decoder: postgresName,
    asText: false,
  } as const;
  return { ...unknown, ...known, sql };
}

/** Types whose bare name is another type in SQL: that of length one. */
const MEANS_ANOTHER = ['bit', 'char'];

/** Postgres finds its own types by their bare name whatever the search path is. */
function sqlName(type: CatalogType): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(type.name) && !MEANS_ANOTHER.includes(type.name);
  const quoted = isPlain ? type.name : quoteIdentifier(type.name);
  return type.schema === 'pg_catalog' ? quoted : `${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}`;
}

/** An SQL identifier, quoted whatever it holds. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
