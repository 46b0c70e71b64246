export type { Catalog, CatalogColumn, CatalogForeignKey, CatalogKey, CatalogRelation, CatalogType } from './catalog';
export { readEnumValues } from './enum-values';
export { introspect } from './introspect';
