import type { GraphQLNamedType } from 'graphql';
import { GraphQLObjectType, introspectionTypes } from 'graphql';

/** What introspection shows of its own types: the specification of June 2018 and `isRepeatable`, by name (contract 1.5). */
const SHOWN: Readonly<Record<string, string>> = {
  __Directive: 'args description isRepeatable locations name',
  __EnumValue: 'deprecationReason description isDeprecated name',
  __Field: 'args deprecationReason description isDeprecated name type',
  __InputValue: 'defaultValue description name type',
  __Schema: 'description directives mutationType queryType subscriptionType types',
  __Type: 'description enumValues fields inputFields interfaces kind name ofType possibleTypes',
};
const WITH_ARGUMENTS: readonly string[] = ['__Type.enumValues', '__Type.fields'];

/** The introspection types as introspection shows them; it answers to fields that came later all the same. */
export function metaTypes(): Record<string, GraphQLNamedType> {
  return Object.fromEntries(
    introspectionTypes.map((type) => [type.name, type instanceof GraphQLObjectType ? shown(type) : type]),
  );
}

function shown(type: GraphQLObjectType): GraphQLObjectType {
  const config = type.toConfig();
  const fields = (SHOWN[type.name] ?? '').split(' ').flatMap((name) => {
    const field = config.fields[name];
    if (!field) return [];
    return [[name, WITH_ARGUMENTS.includes(`${type.name}.${name}`) ? field : { ...field, args: {} }] as const];
  });
  return new GraphQLObjectType({ ...config, fields: Object.fromEntries(fields) });
}
