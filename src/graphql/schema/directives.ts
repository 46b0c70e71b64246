import { DirectiveLocation, GraphQLBoolean, GraphQLDirective, GraphQLInt, GraphQLNonNull } from 'graphql';

const SELECTIONS = [DirectiveLocation.FIELD, DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT];
const CONDITION = { if: { type: new GraphQLNonNull(GraphQLBoolean) } };

/** The directives that introspection shows, in Hasura's order (contract 1.5). */
export const DIRECTIVES: readonly GraphQLDirective[] = [
  new GraphQLDirective({
    name: 'include',
    description: 'whether this query should be included',
    locations: SELECTIONS,
    args: CONDITION,
  }),
  new GraphQLDirective({
    name: 'skip',
    description: 'whether this query should be skipped',
    locations: SELECTIONS,
    args: CONDITION,
  }),
  new GraphQLDirective({
    name: 'cached',
    description: 'whether this query should be cached (Hasura Cloud only)',
    locations: [DirectiveLocation.QUERY],
    args: {
      ttl: { type: new GraphQLNonNull(GraphQLInt), description: 'measured in seconds', defaultValue: 60 },
      refresh: { type: new GraphQLNonNull(GraphQLBoolean), description: 'refresh the cache entry', defaultValue: false },
    },
  }),
];
