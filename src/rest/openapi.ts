import { ERRORS } from '../errors';
import { EXPLANATION_SCHEMA } from './explanation-schema';
import type { Endpoint, Field, OperationEndpoint, QueryParameter, QuestionEndpoint, Upload } from './endpoint';

/** An OpenAPI 3 document of a table of endpoints. */
export function openApiDocument(endpoints: readonly (Endpoint | QuestionEndpoint)[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationObject(endpoint) };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Enroute gateway', version: '1', description: 'Names of fields may be written in any case.' },
    paths,
    components: { schemas: SCHEMAS, securitySchemes: { secret: { type: 'http', scheme: 'bearer' } } },
    security: [{}, { secret: [] }],
  };
}

const SCHEMAS = {
  Error: {
    type: 'object',
    required: ['error', 'code'],
    properties: { error: { type: 'string' }, code: { type: 'string', enum: Object.keys(ERRORS) } },
  },
  GraphQLErrors: { type: 'object', required: ['errors'], properties: { errors: { type: 'array', items: { type: 'object' } } } },
  Data: { type: 'object', properties: { data: { type: 'object' } } },
  Explanation: EXPLANATION_SCHEMA,
};

function operationObject(endpoint: Endpoint | QuestionEndpoint): object {
  const parameters = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => parameter(match[1] ?? '', 'path', { type: 'string' }));
  const described = {
    operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[/:_]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`,
    tags: [endpoint.path.split('/')[1]],
    summary: endpoint.summary,
  };
  if ('body' in endpoint) return { ...described, parameters, responses: { [endpoint.status]: { description: 'always' } } };
  if ('question' in endpoint) {
    return {
      ...described,
      parameters: [...parameters, ...endpoint.parameters.map(queryParameter)],
      responses: { [endpoint.status]: json('success', 'Explanation'), default: json('refused', 'Error') },
    };
  }
  const paging = [
    parameter('limit', 'query', { type: 'integer', minimum: 1, maximum: 1000 }),
    parameter('after', 'query', { type: 'integer', format: 'int64' }),
  ];
  return {
    ...described,
    parameters: endpoint.list ? [...parameters, ...paging] : parameters,
    ...requestBody(endpoint),
    responses: {
      [endpoint.status]: json('success', 'Data'),
      default: json('refused', 'Error', 'GraphQLErrors'),
    },
  };
}

function parameter(name: string, place: 'path' | 'query', schema: object): object {
  return { name, in: place, required: place === 'path', schema };
}

function queryParameter({ name, summary, required, repeatable }: QueryParameter): object {
  const schema = repeatable ? { type: 'array', items: { type: 'string' } } : { type: 'string' };
  return { name, in: 'query', required: required !== undefined, description: summary, schema };
}

function requestBody({ fields, uploads }: OperationEndpoint): object {
  const content: Record<string, object> = {};
  if (fields) {
    const schema = formSchema(fields, {});
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'])
      content[type] = { schema };
  }
  if (uploads) content['multipart/form-data'] = { schema: formSchema(uploads, { format: 'binary' }) };
  return fields || uploads ? { requestBody: { required: true, content } } : {};
}

function formSchema(inputs: readonly (Field | Upload)[], format: object): object {
  const required = inputs.filter((input) => input.required !== undefined).map((input) => input.name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      inputs.map(({ name, summary }) => [name, { type: 'string', ...format, description: summary }]),
    ),
  };
}

function json(description: string, ...schemas: (keyof typeof SCHEMAS)[]): object {
  const references = schemas.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return {
    description,
    content: { 'application/json': { schema: references.length === 1 ? references[0] : { oneOf: references } } },
  };
}
