import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Catalog, CatalogRelation } from './catalog';
import { introspect, readEnumValues } from './catalog';
import type { EnumValues, Metadata, Model } from './model';
import { buildModel, isEnumValue, MetadataError, parseMetadata, qualified } from './model';
import type { ModelResult } from './model';
import type { Readers } from './readers';
import { readable } from './readers';

export interface LoadOptions {
  readonly pool: pg.Pool;
  readonly schemas: readonly string[];
  /** Metadata, or the path of a JSON file with it; with neither every table is served, under names by rule. */
  readonly metadata?: Metadata | string | undefined;
  readonly stringifyNumerics?: boolean | undefined;
  /** The roles that only read; any other but `admin` sees nothing. */
  readonly readers?: Readers | undefined;
}

/** What is served, and the metadata that it came from. */
export interface Loaded extends ModelResult {
  readonly metadata: Metadata;
  /** What each role sees that only reads. */
  readonly readers: ReadonlyMap<string, Model>;
}

/**
 * Reads the catalog, the metadata and the rows of its enum tables.
 * @throws MetadataError for metadata that cannot be read or does not fit the catalog
 */
export async function load({ pool, schemas, metadata: given, stringifyNumerics, readers = {} }: LoadOptions): Promise<Loaded> {
  const metadata = typeof given === 'string' ? await readMetadata(given) : (given ?? { tables: [] });
  const catalog = await introspect(pool, schemas);
  const enums = await readEnums(pool, catalog, metadata);
  const options = { metadata, stringifyNumerics, enums };
  const models = Object.entries(readers).map(
    ([role, hidden]) => [role, buildModel(readable(catalog, hidden), options).model] as const,
  );
  return { ...buildModel(catalog, options), metadata, readers: new Map(models) };
}

async function readMetadata(path: string): Promise<Metadata> {
  try {
    return parseMetadata(JSON.parse(await readFile(path, 'utf8')) as unknown);
  } catch (error) {
    throw new MetadataError(`GRAPHQL_METADATA ${path}: ${(error as Error).message}`, { cause: error });
  }
}

async function readEnums(pool: pg.Pool, catalog: Catalog, { tables }: Metadata): Promise<Map<number, EnumValues>> {
  const enums = new Map<number, EnumValues>();
  for (const { table, is_enum } of tables) {
    const { schema, name } = qualified(table);
    const relation = catalog.relations.find((each) => each.schema === schema && each.name === name);
    if (!is_enum || !relation) continue;
    const label = `metadata: "${schema}"."${name}" cannot be an enum table:`;
    const unfit = whyNoEnum(relation, catalog);
    if (unfit) throw new MetadataError(`${label} ${unfit}`);
    const values = await readEnumValues(pool, relation);
    const bad = [...values.keys()].filter((value) => !isEnumValue(value));
    if (values.size === 0) throw new MetadataError(`${label} it has no rows, and an enum needs a value`);
    if (bad.length > 0)
      throw new MetadataError(`${label} ${bad.map((value) => JSON.stringify(value)).join(', ')} is no GraphQL name`);
    enums.set(relation.oid, values);
  }
  return enums;
}

function whyNoEnum({ columns, keys }: CatalogRelation, { types }: Catalog): string | undefined {
  const key = keys.find(({ primary }) => primary)?.columns ?? [];
  if (key.length !== 1) return 'its primary key must be one column';
  if (columns.length > 2) return 'besides its key it may have one column, with descriptions';
  const other = columns.find(({ type }) => !['text', 'varchar'].includes(types.get(type)?.name ?? ''));
  return other && `column "${other.name}" is not a text`;
}
