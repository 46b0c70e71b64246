import type { FieldNode, GraphQLField, GraphQLOutputType, GraphQLResolveInfo, GraphQLSchema, SelectionNode } from 'graphql';
import {
  __Schema,
  __Type,
  getArgumentValues,
  GraphQLError,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  MaxIntrospectionDepthRule,
  validate,
} from 'graphql';
import { validationFailed } from '../errors';
import type { PreparedOperation } from './document';
import { MAX_SCHEMAS, MAX_TYPES } from './document';
import { stringValue } from './input';
import type { Request } from './request';
import type { SelectedField } from './selection';
import { argumentsOf, collect, expectLeaf, expectNoArguments, fieldNotFound, required, selectionSetsOf } from './selection';

/** The JSON of a root field `__schema` or `__type`, answered from the built schema. */
export function introspect(request: Request, prepared: PreparedOperation, field: SelectedField, schema: GraphQLSchema): string {
  const type = field.name === '__schema' ? __Schema : __Type;
  request.countTypes(type === __Schema ? MAX_TYPES / MAX_SCHEMAS : 1, field.path);
  const selections: SelectionNode[] = selectionSetsOf(field, type.name).map((set) => ({
    ...fieldNode(field),
    selectionSet: set,
  }));
  const operation = { ...prepared.operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections } as const };
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...prepared.fragments.values()] } as const;
  const [invalid] = validate(schema, document, [MaxIntrospectionDepthRule]);
  if (invalid) throw validationFailed(field.path, invalid.message);
  const writer = new Writer(request, schema);
  if (type === __Type) return writer.of(type, field)(schema.getType(typeName(request, field)) ?? null);
  expectNoArguments(field);
  return writer.of(type, field)(schema);
}

/** The argument `name` of `__type`. */
function typeName(request: Request, field: SelectedField): string {
  const path = `${field.path}.args`;
  const args = argumentsOf(request, field, (name) => (name === 'name' ? 'String!' : undefined));
  return stringValue(request, required(args, 'name', path), `${path}.name`);
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
    if (isLeafType(type)) {
      expectLeaf(field);
      return (value) => (value === null || value === undefined ? 'null' : JSON.stringify(type.serialize(value)));
    }
    if (!isObjectType(type)) throw new Error(`graphql-js has no introspection type ${type.name} of this kind`);
    const known = new Map<unknown, string>();
    const info = { schema: this.schema } as GraphQLResolveInfo;
    const sets = selectionSetsOf(field, type.name);
    const fields = collect(this.request, sets, type.name, `${field.path}.selectionSet`).map((each, index) => {
      const start = `${index === 0 ? '' : ','}${JSON.stringify(each.key)}:`;
      if (each.name === '__typename') return () => `${start}${JSON.stringify(type.name)}`;
      const definition = type.getFields()[each.name];
      if (!definition?.resolve) throw fieldNotFound(each, type.name);
      const { resolve } = definition;
      const args = this.#arguments(definition, each);
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

  #arguments(definition: GraphQLField<unknown, unknown>, field: SelectedField): Record<string, unknown> {
    const known = new Map(definition.args.map(({ name, type }) => [name, String(type)]));
    argumentsOf(this.request, field, (name) => known.get(name));
    try {
      return getArgumentValues(definition, fieldNode(field), this.variables);
    } catch (error) {
      if (error instanceof GraphQLError) throw validationFailed(`${field.path}.args`, error.message);
      throw error;
    }
  }
}
