import type { FieldNode, GraphQLOutputType, GraphQLResolveInfo, GraphQLSchema, SelectionNode } from 'graphql';
import {
  __Schema,
  __Type,
  FieldsOnCorrectTypeRule,
  getArgumentValues,
  GraphQLError,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  MaxIntrospectionDepthRule,
  ScalarLeafsRule,
  TypeMetaFieldDef,
  validate,
} from 'graphql';
import { validationFailed } from '../errors';
import type { PreparedOperation } from './document';
import type { Request } from './request';
import type { SelectedField } from './selection';
import { collect } from './selection';

/** The JSON of a root field `__schema` or `__type`, answered from the built schema. */
export function introspect(request: Request, prepared: PreparedOperation, field: SelectedField, schema: GraphQLSchema): string {
  const [selectionSet] = field.selectionSets;
  if (!selectionSet) throw validationFailed(`${field.path}.selectionSet`, `missing selection set for '${field.name}'`);
  const selections: SelectionNode[] = field.selectionSets.map((set) => ({ ...fieldNode(field), selectionSet: set }));
  const operation = { ...prepared.operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections } as const };
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...prepared.fragments.values()] } as const;
  const [invalid] = validate(schema, document, [MaxIntrospectionDepthRule, FieldsOnCorrectTypeRule, ScalarLeafsRule]);
  if (invalid) throw validationFailed(field.path, invalid.message);
  try {
    const writer = new Writer(request, schema);
    if (field.name === '__schema') return writer.of(__Schema, field)(schema);
    const { name } = getArgumentValues(TypeMetaFieldDef, fieldNode(field), writer.variables) as { name: string };
    return writer.of(__Type, field)(schema.getType(name) ?? null);
  } catch (error) {
    if (error instanceof GraphQLError) throw validationFailed(field.path, error.message);
    throw error;
  }
}

function fieldNode({ key, name, arguments: nodes }: SelectedField): FieldNode {
  const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return { kind: Kind.FIELD, name: nameNode(name), alias: nameNode(key), arguments: nodes };
}

type Write = (value: unknown) => string;

/**
 * Writes what a selection on the introspection types selects, by graphql-js' own resolvers. Large catalogs have hundreds of
 * thousands of fields: a selection is resolved once, not once a value, and the text of a type reference is kept.
 */
class Writer {
  readonly variables: Record<string, unknown>;

  constructor(
    private readonly request: Request,
    private readonly schema: GraphQLSchema,
  ) {
    const names = [...request.declared.keys()];
    this.variables = Object.fromEntries(names.map((name) => [name, JSON.parse(request.ask(name, [], 'value')) as unknown]));
  }

  of(type: GraphQLOutputType, field: SelectedField): Write {
    if (isNonNullType(type)) return this.of(type.ofType, field);
    if (isListType(type)) {
      const item = this.of(type.ofType, field);
      return (values) => {
        if (values === null || values === undefined) return 'null';
        let text = '';
        for (const value of values as Iterable<unknown>) text += text === '' ? item(value) : `,${item(value)}`;
        return `[${text}]`;
      };
    }
    if (isLeafType(type))
      return (value) => (value === null || value === undefined ? 'null' : JSON.stringify(type.serialize(value)));
    if (!isObjectType(type)) throw new Error(`graphql-js has no introspection type ${type.name} of this kind`);
    const known = new Map<unknown, string>();
    const info = { schema: this.schema } as GraphQLResolveInfo;
    const fields = collect(this.request, field.selectionSets, type.name, `${field.path}.selectionSet`).map((each, index) => {
      const start = `${index === 0 ? '' : ','}${JSON.stringify(each.key)}:`;
      const definition = type.getFields()[each.name];
      if (!definition?.resolve) return () => `${start}${JSON.stringify(type.name)}`;
      const { resolve } = definition;
      const args = getArgumentValues(definition, fieldNode(each), this.variables);
      const write = this.of(definition.type, each);
      return (value: unknown) => start + write(resolve(value, args, undefined, info));
    });
    return (value) => {
      if (value === null || value === undefined) return 'null';
      const before = known.get(value);
      if (before !== undefined) return before;
      let made = '{';
      for (const write of fields) made += write(value);
      made += '}';
      if (type === __Type) known.set(value, made);
      return made;
    };
  }
}
