export { buildModel, EMPTY_MODEL } from './build';
export type { ModelOptions, ModelResult } from './build';
export { MetadataError, parseMetadata, qualified } from './metadata';
export type { Metadata, QualifiedTable } from './metadata';
export type { Column, Model, Relationship, Table } from './model';
export { aggregatePredicates, PREDICATE_RESULTS } from './aggregate-predicates';
export type { AggregatePredicate } from './aggregate-predicates';
export {
  aggregateFunctions,
  aggregateType,
  comparisonOperators,
  ORDER_DIRECTIONS,
  updateOperators,
  updateValueType,
  writableColumns,
} from './operators';
export type { AggregateFunction, ComparisonOperator, UpdateOperator } from './operators';
export { NO_QUERIES, rootFields } from './roots';
export type { RootField } from './roots';
export { quoteIdentifier, scalarColumn, STRING_SCALAR } from './scalars';
export type { ColumnType, EnumValues, Scalar } from './scalars';
