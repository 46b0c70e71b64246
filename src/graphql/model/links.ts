import type { Catalog, CatalogRelation } from '../catalog';
import { distinctForeignKeys, isKey } from './foreign-keys';
import { FILTER_KEYS, isName } from './graphql-names';
import type { MetadataOf } from './metadata';
import { MetadataError } from './metadata';
import { metadataLinks } from './metadata-links';

/** A relationship between two served relations, by the names of columns in SQL. */
export interface Link {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly source: CatalogRelation;
  readonly target: CatalogRelation;
  readonly mapping: readonly (readonly [string, string])[];
  readonly insertion: 'before' | 'after';
  /** It is over a foreign key of the source that every row obeys: a row without nulls in it has its target. */
  readonly isHeld: boolean;
}

/**
 * The relationships of every relation. By rule: an object relationship has the name of the referenced table (the
 * column's without `_id` when several foreign keys go there, or one goes to its own table); an array relationship that
 * of the child with an `s`; a child whose foreign key is itself unique is an object relationship of its plain name.
 * Metadata names come first, and a foreign key that metadata names is left out of the rule, as is one that has no free name.
 * @param columns the names of the columns in GraphQL, of the relations that are served
 * @throws MetadataError for relationships of the metadata that do not fit the catalog, or one another
 */
export function links(catalog: Catalog, metadataOf: MetadataOf, columns: ReadonlyMap<CatalogRelation, Iterable<string>>): Link[] {
  const named = catalog.relations.flatMap((relation) => metadataLinks(relation, catalog, metadataOf(relation)));
  const fields = new Fields(columns);
  const result = named.filter(({ source, target }) => columns.has(source) && columns.has(target));
  for (const link of result) fields.claim(link);
  const covered = new Set(named.map(identity));
  const byOid = new Map([...columns.keys()].map((relation) => [relation.oid, relation]));
  const add = (link: Omit<Link, 'name'>, names: readonly string[]): void => {
    const free = names.find((name) => isName(name) && fields.whyNot({ ...link, name }) === undefined);
    if (free === undefined || covered.has(identity(link))) return;
    result.push({ ...link, name: free });
    fields.claim({ ...link, name: free });
  };
  for (const child of columns.keys()) {
    const keys = distinctForeignKeys(child);
    for (const key of keys) {
      const parent = byOid.get(key.target);
      if (!parent) continue;
      const mapping = key.columns.map((column, index) => [column, key.targetColumns[index] ?? ''] as const);
      const byColumn = key.columns.map((column) => column.replace(/_id$/, '')).join('_');
      const many = keys.filter((other) => other.target === key.target).length > 1;
      const own = { kind: 'object', source: child, target: parent, mapping, insertion: 'before', isHeld: key.valid } as const;
      const byParent = child === parent || many ? [] : [parent.name];
      add(own, [...byParent, byColumn, `${byColumn}_${parent.name}`]);
      const single = isKey(child, key.columns);
      const plain = single ? child.name : `${child.name}s`;
      const kind = single ? 'object' : 'array';
      const reverse = mapping.map(([column, target]) => [target, column] as const);
      const back = { kind, source: parent, target: child, mapping: reverse, insertion: 'after', isHeld: false } as const;
      add(back, many ? [`${plain}_by_${byColumn}`] : [plain, `${plain}_by_${byColumn}`]);
    }
  }
  return result;
}

/** The fields of the tables' types that have their names already, each with what it is. */
class Fields {
  readonly #taken: ReadonlyMap<CatalogRelation, Map<string, string>>;

  constructor(columns: ReadonlyMap<CatalogRelation, Iterable<string>>) {
    this.#taken = new Map([...columns].map(([relation, names]) => [relation, takenBy(names)]));
  }

  /** What has the name of this relationship, or that of its aggregate. */
  whyNot(link: Pick<Link, 'name' | 'kind' | 'source'>): string | undefined {
    const taken = this.#taken.get(link.source);
    const name = fieldsOf(link).find((each) => taken?.has(each));
    return name === undefined ? undefined : `"${name}" is ${taken?.get(name)} already`;
  }

  /** @throws MetadataError when the name is taken */
  claim(link: Pick<Link, 'name' | 'kind' | 'source'>): void {
    const reason = isName(link.name) ? this.whyNot(link) : `"${link.name}" is not a valid GraphQL identifier`;
    if (reason) throw new MetadataError(`metadata: relationship "${link.name}" of ${link.source.name}: ${reason}`);
    for (const name of fieldsOf(link)) this.#taken.get(link.source)?.set(name, 'a field of a relationship');
  }
}

function takenBy(columns: Iterable<string>): Map<string, string> {
  const keys = FILTER_KEYS.map((name): [string, string] => [name, 'a key of the filters']);
  return new Map([...keys, ...[...columns].map((name): [string, string] => [name, 'a column'])]);
}

function fieldsOf({ name, kind }: Pick<Link, 'name' | 'kind'>): string[] {
  return kind === 'array' ? [name, `${name}_aggregate`] : [name];
}

function identity(link: Omit<Link, 'name'>): string {
  return JSON.stringify([link.source.oid, link.target.oid, [...link.mapping].sort()]);
}
