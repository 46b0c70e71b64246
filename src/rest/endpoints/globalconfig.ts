import { GatewayError } from '../../errors';
import type { Checked } from '../../validation';
import { checkGlobalConfig } from '../../validation';
import type { Call, Endpoint, Field } from '../endpoint';
import * as operations from '../operations/globalconfig';

/** The one type there is. */
const RATE_LIMIT = 'globalconfig_ratelimit';

const TYPE: Field = {
  name: 'globalconfig_type',
  summary: RATE_LIMIT,
  required: `Invalid globalconfig type: use ${RATE_LIMIT}`,
  check: checkType,
  invalid: 'Invalid globalconfig type:',
};

/** REST reference 1.8. */
export const GLOBALCONFIG_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/globalconfig',
    summary: 'List the globalconfigs',
    status: 200,
    list: true,
    operation: operations.GET_GLOBALCONFIGS,
  },
  {
    method: 'GET',
    path: '/globalconfig/:globalconfig_name',
    summary: 'Show a globalconfig',
    status: 200,
    operation: operations.GET_GLOBALCONFIG,
  },
  {
    method: 'POST',
    path: '/globalconfig',
    summary: 'Create a globalconfig',
    status: 200,
    fields: [
      {
        name: 'globalconfig_name',
        summary: 'the name',
        required: 'Please provide name of Global config using Globalconfig_name field',
      },
      TYPE,
      { name: 'config', summary: 'its configuration, JSON: {"domain", "descriptors"}' },
    ],
    operation: operations.INSERT_GLOBALCONFIG,
    variables: (call) => ({
      globalconfig_name: call.field('globalconfig_name'),
      globalconfig_type: call.field('globalconfig_type'),
      ...configuration(call.field('config')),
    }),
  },
  {
    method: 'POST',
    path: '/globalconfig/:globalconfig_name/config',
    summary: 'Store the configuration of a globalconfig',
    status: 200,
    uploads: [{ name: 'Config', summary: 'the configuration, JSON: {"domain", "descriptors"}', required: 'Config empty' }],
    operation: operations.UPDATE_GLOBALCONFIG_CONFIG,
    variables: (call) => ({ globalconfig_name: call.param('globalconfig_name'), ...configuration(call.upload('Config') ?? '') }),
    missing,
  },
  {
    method: 'PATCH',
    path: '/globalconfig/:globalconfig_name',
    summary: 'Change the type of a globalconfig',
    status: 200,
    fields: [TYPE],
    operation: operations.UPDATE_GLOBALCONFIG_TYPE,
    missing,
  },
  {
    method: 'DELETE',
    path: '/globalconfig/:globalconfig_name',
    summary: 'Delete a globalconfig',
    status: 200,
    operation: operations.DELETE_GLOBALCONFIG,
  },
];

/** The text as given, and the whole document; null when the text is empty. @throws GatewayError */
function configuration(text: string): { config: string; config_json: unknown } {
  const checked = checkGlobalConfig(RATE_LIMIT, text);
  if (!checked.ok) throw new GatewayError('invalid_input', `config: ${checked.message}`);
  return { config: text, config_json: checked.value === undefined ? null : (JSON.parse(text) as unknown) };
}

function checkType(text: string): Checked<unknown> {
  return checkGlobalConfig(text, '');
}

function missing(call: Call): string {
  return `globalconfig ${call.param('globalconfig_name')} does not exist`;
}
