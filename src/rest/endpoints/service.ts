import { GatewayError } from '../../errors';
import { checkFqdn } from '../../validation';
import type { Call, Endpoint, Field } from '../endpoint';
import * as operations from '../operations/service';
import { redactPrivateKeys } from '../redact';
import { copyServiceTree } from './deep-copy';
import { onlyFirstRoot } from './answer-body';

const FQDN: Field = {
  name: 'fqdn',
  summary: 'the host: a name, *.suffix or *',
  required: 'Please provide fqdn using Fqdn field',
  check: checkFqdn,
};

/** REST reference 1.3, S1 to S9. */
export const SERVICE_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/service', summary: 'List the services', status: 200, list: true, operation: operations.GET_SERVICES },
  { method: 'GET', path: '/service/:service_name', summary: 'Show a service', status: 200, operation: operations.GET_SERVICE },
  {
    method: 'POST',
    path: '/service',
    summary: 'Create a service; an existing one keeps its fqdn',
    status: 201,
    fields: [
      { name: 'service_name', summary: 'the name', required: 'Please provide service name using Service_name field' },
      FQDN,
    ],
    operation: operations.INSERT_SERVICE,
    present: onlyFirstRoot,
  },
  {
    method: 'PATCH',
    path: '/service/:service_name',
    summary: 'Change the fqdn of a service',
    status: 201,
    fields: [FQDN],
    operation: operations.UPDATE_SERVICE,
    missing: (call) => `service ${call.param('service_name')} does not exist`,
  },
  {
    method: 'DELETE',
    path: '/service/:service_name',
    summary: 'Delete a service',
    status: 200,
    operation: operations.DELETE_SERVICE,
  },
  {
    method: 'GET',
    path: '/service/:service_name/proxy',
    summary: 'List the proxies that serve a service',
    status: 200,
    list: true,
    operation: operations.GET_SERVICE_PROXIES,
  },
  {
    method: 'GET',
    path: '/service/dump/:service_name',
    summary: 'Show a service with all that is linked to it',
    status: 200,
    operation: operations.GET_SERVICE_DETAIL,
    present: redactPrivateKeys,
  },
  {
    method: 'POST',
    path: '/service/copy/:service_name_src/:service_name_dst',
    summary: 'Create a service with the fqdn of another',
    status: 201,
    operation: operations.INSERT_SERVICE,
    variables: async (call) => ({ service_name: call.param('service_name_dst'), fqdn: await sourceFqdn(call) }),
    present: onlyFirstRoot,
  },
  {
    method: 'POST',
    path: '/service/deepcopy/:service_name_src/:service_name_dst',
    summary: 'Create a service with the fqdn, routes and links of another; routes that it has stay as they are',
    status: 201,
    operation: operations.DEEPCOPY_SERVICE,
    variables: copyServiceTree,
    present: () => '{"affected_rows":1}',
  },
];

async function sourceFqdn(call: Call): Promise<string | null> {
  const service_name = call.param('service_name_src');
  const found = await call.read<{ saaras_db_service: { fqdn: string | null }[] }>(operations.GET_SERVICE, { service_name });
  const [source] = found.saaras_db_service;
  if (!source) throw new GatewayError('object_not_found', `service ${service_name} does not exist`);
  return source.fqdn;
}
