const scalars = {
  uuid: 'string',
  bigint: 'number',
  numeric: 'number',
  date: 'string',
  timestamptz: 'string',
  jsonb: 'unknown',
  post_status: "'draft' | 'published'",
};
const config = { strictScalars: true, scalars };

/** @type {import('@graphql-codegen/cli').CodegenConfig} */
module.exports = {
  schema: [{ [process.env.SCHEMA_URL]: { headers: { 'x-hasura-admin-secret': process.env.SCHEMA_SECRET } } }],
  documents: [process.env.DOCUMENTS],
  generates: {
    'gql/': { preset: 'client', config },
    'types.ts': { plugins: ['typescript', 'typescript-operations'], config },
    'schema.json': { plugins: ['introspection'] },
  },
};
