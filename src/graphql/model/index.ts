export { buildModel, EMPTY_MODEL } from './build';
export type { ModelResult } from './build';
export type { Metadata, RelationshipMetadata, TableMetadata } from './metadata';
export type { Column, Model, Relationship, Table } from './model';
export * from './roots';
export {
  BIGINT_SCALAR,
  BOOLEAN_SCALAR,
  BUILT_IN_SCALARS,
  INT_SCALAR,
  STRING_SCALAR,
  quoteIdentifier,
  scalarColumn,
} from './scalars';
export type { ColumnType, Scalar } from './scalars';
