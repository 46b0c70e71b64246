import { GatewayError } from '../../errors';
import { checkFilter, configJson, FILTER_TYPES, isFilterType } from '../../validation';
import type { Call, Endpoint } from '../endpoint';
import * as operations from '../operations/filter';

const TYPES = Object.keys(FILTER_TYPES).join(', ');

/** REST reference 1.7. */
export const FILTER_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/filter', summary: 'List the filters', status: 200, list: true, operation: operations.GET_FILTERS },
  { method: 'GET', path: '/filter/:filter_name', summary: 'Show a filter', status: 200, operation: operations.GET_FILTER },
  {
    method: 'POST',
    path: '/filter',
    summary: 'Create a filter',
    status: 200,
    fields: [
      { name: 'filter_name', summary: 'the name', required: 'Please provide name of Filter using Filter_name field' },
      { name: 'filter_type', summary: `one of ${TYPES}`, required: `Invalid filter type: use one of ${TYPES}` },
      { name: 'filter_config', summary: 'its configuration: Lua for the Lua types, else JSON' },
    ],
    operation: operations.INSERT_FILTER,
    variables: (call) => ({
      filter_name: call.field('filter_name'),
      filter_type: call.field('filter_type'),
      ...configuration(call.field('filter_type'), call.field('filter_config')),
    }),
  },
  {
    method: 'POST',
    path: '/filter/:filter_name/config',
    summary: 'Store the configuration of a filter',
    status: 200,
    uploads: [{ name: 'Config', summary: 'the configuration: Lua for the Lua types, else JSON', required: 'Config empty' }],
    operation: operations.UPDATE_FILTER_CONFIG,
    variables: async (call) => {
      const { filter_type } = await storedFilter(call);
      if (filter_type === null || !isFilterType(filter_type)) {
        throw new GatewayError(
          'invalid_input',
          'Cannot find filter or type not recognized: give the filter a type first, with PATCH',
        );
      }
      return { filter_name: call.param('filter_name'), ...configuration(filter_type, call.upload('Config') ?? '') };
    },
    missing,
  },
  {
    method: 'PATCH',
    path: '/filter/:filter_name',
    summary: 'Change the type of a filter; its configuration must be one of the new type, or empty',
    status: 200,
    fields: [
      { name: 'filter_type', summary: `one of ${TYPES}`, required: 'Please provide type of Filter using Filter_type field' },
    ],
    operation: operations.UPDATE_FILTER_TYPE,
    variables: async (call) => {
      const { filter_config } = await storedFilter(call);
      const filter_type = call.field('filter_type');
      const { config_json } = configuration(filter_type, filter_config ?? '', 'the stored configuration: ');
      return { filter_name: call.param('filter_name'), filter_type, config_json };
    },
    missing,
  },
  {
    method: 'DELETE',
    path: '/filter/:filter_name',
    summary: 'Delete a filter',
    status: 200,
    operation: operations.DELETE_FILTER,
  },
];

/** The text as given and what is shown of it. @throws GatewayError for an unknown type and for a text that the type does not read */
function configuration(type: string, text: string, place = 'filter_config: '): { filter_config: string; config_json: unknown } {
  if (!isFilterType(type))
    throw new GatewayError('invalid_input', `Invalid filter type ${JSON.stringify(type)}: use one of ${TYPES}`);
  const checked = checkFilter(type, text);
  if (!checked.ok) throw new GatewayError('invalid_input', `${place}${checked.message}`);
  return { filter_config: text, config_json: configJson(type, text) };
}

interface StoredFilter {
  readonly filter_type: string | null;
  readonly filter_config: string | null;
}

async function storedFilter(call: Call): Promise<StoredFilter> {
  const filter_name = call.param('filter_name');
  const found = await call.read<{ saaras_db_filter: StoredFilter[] }>(operations.GET_FILTER_TYPE, { filter_name });
  const [filter] = found.saaras_db_filter;
  if (!filter) throw new GatewayError('object_not_found', missing(call));
  return filter;
}

function missing(call: Call): string {
  return `filter ${call.param('filter_name')} does not exist`;
}
