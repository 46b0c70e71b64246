import type { CatalogType } from '../catalog';
import { quoteIdentifier } from '../catalog';
import type { ColumnType, Extension } from './scalars';
import { arrayColumn, scalarColumn, scalarOf } from './scalars';

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
    if (type.base !== null) return this.#domain(type.base);
    if (type.element !== null)
      return { ...arrayColumn(this.of(type.element).scalar), needsCast: this.#kind(type.element) === 'd' };
    const asText = this.stringifyNumerics && type.schema === 'pg_catalog' && STRINGIFIED.includes(type.name);
    return scalarColumn({ ...scalarOf(type, sqlName(type)), asText, ...extensionOf(type) });
  }

  #domain(base: number): ColumnType {
    const type = this.of(base);
    return type.needsCast || this.#kind(base) !== 'e' ? type : { ...type, needsCast: true };
  }

  #kind(oid: number): string | undefined {
    return this.types.get(oid)?.kind;
  }
}

function extensionOf({ schema, kind, operators, aggregates }: CatalogType): { extension?: Extension } {
  if (schema === 'pg_catalog' || kind !== 'b') return {};
  return { extension: { schema: quoteIdentifier(schema), operators: new Set(operators), aggregates: new Set(aggregates) } };
}

/** Types whose bare name is another type in SQL: that of length one. */
const MEANS_ANOTHER = ['bit', 'char'];

/** Postgres finds its own types by their bare name whatever the search path is. */
function sqlName(type: CatalogType): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(type.name) && !MEANS_ANOTHER.includes(type.name);
  const quoted = isPlain ? type.name : quoteIdentifier(type.name);
  return type.schema === 'pg_catalog' ? quoted : `${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}`;
}
