export type { Catalog, CatalogColumn, CatalogForeignKey, CatalogKey, CatalogRelation, CatalogType } from './catalog';
export { introspect } from './introspect';
