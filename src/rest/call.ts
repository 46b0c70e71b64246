import { GatewayError } from '../errors';
import type { Form } from './body';
import { fieldText, storableText, uploadText } from './body';
import type { Call, OperationEndpoint } from './endpoint';
import type { Executor, Variables } from './execute';
import { execute } from './execute';
import type { Operation } from './operations/operation';
import type { Page } from './paging';

/** A request as an endpoint sees it. @throws GatewayError when a parameter or a field is missing or wrong */
export function createCall(
  endpoint: OperationEndpoint,
  params: ReadonlyMap<string, string>,
  form: Form,
  graphql: Executor,
): Call {
  for (const [name, value] of params) checkParameter(endpoint, name, value);
  const fields = readFields(endpoint, form);
  const uploads = readUploads(endpoint, form);
  return {
    param: (name) => params.get(name) ?? '',
    field: (name) => fields.get(name) ?? '',
    upload: (name) => uploads.get(name),
    async read<T>(operation: Operation, variables: Variables) {
      return (JSON.parse((await execute(graphql, operation, variables)).body) as { data: T }).data;
    },
  };
}

/** The variables of an endpoint's operation: its own, or else those of its names among parameters, fields and the page. */
export async function variablesOf(endpoint: OperationEndpoint, call: Call, page: Page | undefined): Promise<Variables> {
  if (endpoint.variables) return endpoint.variables(call);
  const fields = new Set(endpoint.fields?.map((field) => field.name));
  return Object.fromEntries(
    endpoint.operation.variables.map((name) => {
      if (page && isPageVariable(name)) return [name, page[name]];
      return [name, fields.has(name) ? call.field(name) : call.param(name)];
    }),
  );
}

function isPageVariable(name: string): name is keyof Page {
  return name === 'limit' || name === 'after' || name === 'paged';
}

/** An empty name may be asked for and deletes nothing, but nothing is created under it. */
function checkParameter(endpoint: OperationEndpoint, name: string, value: string): void {
  const words = name.replaceAll('_', ' ');
  if (value === '' && endpoint.method === 'POST') throw new GatewayError('invalid_input', `Please provide ${words}`);
  storableText(words, value);
}

function readFields(endpoint: OperationEndpoint, form: Form): ReadonlyMap<string, string> {
  const declared = endpoint.fields ?? [];
  const fields = new Map(declared.map(({ name }) => [name, fieldText(form, name)]));
  for (const { name, required } of declared) {
    if (required !== undefined && fields.get(name) === '') throw new GatewayError('invalid_input', required);
  }
  for (const { name, check, invalid } of declared) {
    const text = fields.get(name) ?? '';
    const checked = text === '' ? undefined : check?.(text);
    if (checked && !checked.ok) {
      throw new GatewayError('invalid_input', invalid === undefined ? checked.message : `${invalid} ${checked.message}`);
    }
  }
  return fields;
}

function readUploads(endpoint: OperationEndpoint, form: Form): ReadonlyMap<string, string> {
  const uploads = new Map<string, string>();
  for (const { name, required } of endpoint.uploads ?? []) {
    const text = uploadText(form, name);
    if (text !== undefined) uploads.set(name, text);
    else if (required !== undefined) throw new GatewayError('invalid_input', required);
  }
  return uploads;
}
