import type { GraphQLSchema, SelectionNode } from 'graphql';
import {
  execute,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  Kind,
  MaxIntrospectionDepthRule,
  ScalarLeafsRule,
  validate,
} from 'graphql';
import { validationFailed } from '../errors';
import type { PreparedOperation } from './document';
import type { Request } from './request';
import type { SelectedField } from './selection';

/** The JSON of a root field `__schema` or `__type`, answered by graphql-js from the built schema. */
export function introspect(request: Request, prepared: PreparedOperation, field: SelectedField, schema: GraphQLSchema): string {
  const [selectionSet] = field.selectionSets;
  if (!selectionSet) throw validationFailed(`${field.path}.selectionSet`, `missing selection set for '${field.name}'`);
  const selections: SelectionNode[] = field.selectionSets.map((set) => ({
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: field.name },
    alias: { kind: Kind.NAME, value: field.key },
    arguments: field.arguments,
    selectionSet: set,
  }));
  const operation = { ...prepared.operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections } as const };
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...prepared.fragments.values()] } as const;
  const [invalid] = validate(schema, document, [MaxIntrospectionDepthRule, FieldsOnCorrectTypeRule, ScalarLeafsRule]);
  if (invalid) throw validationFailed(field.path, invalid.message);
  const variableValues = Object.fromEntries(
    [...request.declared.keys()].map((name) => [name, JSON.parse(request.ask(name, [], 'value')) as unknown]),
  );
  const result = execute({ schema, document, variableValues });
  if (result instanceof Promise) throw new GraphQLError('introspection waits for nothing');
  const [error] = result.errors ?? [];
  if (error) throw validationFailed(field.path, error.message);
  return JSON.stringify(result.data?.[field.key] ?? null);
}
