export type { Catalog, CatalogColumn, CatalogForeignKey, CatalogKey, CatalogRelation, CatalogType } from './catalog';
export { readEnumValues } from './enum-values';
export { quoteIdentifier } from './identifier';
export { introspect } from './introspect';
