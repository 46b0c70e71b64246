export { buildModel, EMPTY_MODEL } from './build';
export type { ModelOptions, ModelResult } from './build';
export { MetadataError, parseMetadata, qualified } from './metadata';
export type { Metadata, QualifiedTable } from './metadata';
export type { Column, Model, Relationship, Table } from './model';
export {
  aggregateFunctions,
  aggregateType,
  BOOLEAN_PREDICATE_TYPE,
  comparisonOperators,
  COUNT_PREDICATE_TYPE,
  ORDER_DIRECTIONS,
  updateOperators,
  writableColumns,
} from './operators';
export type { AggregateFunction, ComparisonOperator, UpdateOperator } from './operators';
export { rootFields } from './roots';
export type { RootField } from './roots';
export { quoteIdentifier, scalarColumn, STRING_SCALAR } from './scalars';
export type { ColumnType, EnumValues, Scalar } from './scalars';
