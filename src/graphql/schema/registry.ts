import type { GraphQLNamedType, GraphQLNullableType, GraphQLType } from 'graphql';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';

/** A field or argument: its type as GraphQL writes it, e.g. `[route_bool_exp!]`. */
export interface FieldSpec {
  readonly type: string;
  readonly description?: string | null;
  readonly args?: Readonly<Record<string, FieldSpec>>;
  /** An input's default: an empty list is the only one that there is. */
  readonly emptyList?: boolean;
}

/** How a named type is made when it is first referred to; types that nothing refers to do not exist. */
export type TypeSpec =
  | {
      readonly kind: 'object' | 'input';
      readonly description?: string | null;
      readonly fields: () => Readonly<Record<string, FieldSpec>>;
    }
  | { readonly kind: 'enum'; readonly description?: string | null; readonly values: Readonly<Record<string, string | null>> };

/** The named types of a schema, by reference from text such as `[Int!]!`; an undefined name is a scalar of that name. */
export class Registry {
  readonly #types = new Map<string, GraphQLType>(
    [GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString].map((type) => [type.name, type]),
  );

  constructor(private readonly specs: ReadonlyMap<string, () => TypeSpec>) {}

  reference<T extends GraphQLType>(text: string): T {
    return this.#reference(text) as T;
  }

  #reference(text: string): GraphQLType {
    const known = this.#types.get(text);
    if (known) return known;
    const made = this.#makeReference(text);
    this.#types.set(text, made);
    return made;
  }

  #makeReference(text: string): GraphQLType {
    if (text.endsWith('!')) return new GraphQLNonNull(this.#reference(text.slice(0, -1)) as GraphQLNullableType);
    if (text.startsWith('[')) return new GraphQLList(this.#reference(text.slice(1, -1)));
    return this.#make(text);
  }

  #make(name: string): GraphQLNamedType {
    const spec = this.specs.get(name)?.();
    if (!spec) return new GraphQLScalarType({ name });
    const description = spec.description ?? undefined;
    switch (spec.kind) {
      case 'enum': {
        return new GraphQLEnumType({
          name,
          description,
          values: mapValues(spec.values, (text) => ({ description: text ?? undefined })),
        });
      }
      case 'object': {
        const fields = () =>
          mapValues(spec.fields(), (field) => ({
            ...this.#field(field),
            args: mapValues(field.args ?? {}, (each) => this.#input(each)),
          }));
        return new GraphQLObjectType({ name, description, fields });
      }
      case 'input':
        return new GraphQLInputObjectType({
          name,
          description,
          fields: () => mapValues(spec.fields(), (field) => this.#input(field)),
        });
    }
  }

  #field({ type, description }: FieldSpec) {
    return { type: this.reference<never>(type), description: description ?? undefined };
  }

  #input(field: FieldSpec) {
    return { ...this.#field(field), ...(field.emptyList ? { defaultValue: [] } : {}) };
  }
}

/** Sorted by key: fields, arguments and values come by name in introspection. */
function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  const keys = Object.keys(record).sort();
  return Object.fromEntries(keys.map((key) => [key, change(record[key] as A)]));
}
