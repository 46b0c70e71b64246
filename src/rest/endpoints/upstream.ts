import { GatewayError } from '../../errors';
import type { Call, Endpoint } from '../endpoint';
import * as operations from '../operations/upstream';
import { ADDRESS_MISSING, givenSettings, PORT_MISSING, requireComplete, UPSTREAM_SETTINGS } from './upstream-settings';

const REQUIRED: Readonly<Record<string, string>> = { upstream_ip: ADDRESS_MISSING, upstream_port: PORT_MISSING };

/** REST reference 1.5. */
export const UPSTREAM_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/upstream',
    summary: 'List the upstreams',
    status: 200,
    list: true,
    operation: operations.GET_UPSTREAMS,
  },
  {
    method: 'POST',
    path: '/upstream',
    summary: 'Create an upstream',
    status: 201,
    fields: [
      { name: 'upstream_name', summary: 'the name', required: 'Please provide upstream name using Name field' },
      ...UPSTREAM_SETTINGS.map((setting) => ({ ...setting, required: REQUIRED[setting.name] })),
    ],
    operation: operations.INSERT_UPSTREAM,
    variables: (call) => {
      const settings = givenSettings(call);
      requireComplete(settings);
      return { upstream: { upstream_name: call.field('upstream_name'), upstream_hc_path: '', ...settings } };
    },
  },
  {
    method: 'GET',
    path: '/upstream/:upstream_name',
    summary: 'Show an upstream',
    status: 200,
    operation: operations.GET_UPSTREAM,
  },
  {
    method: 'PATCH',
    path: '/upstream/:upstream_name',
    summary: 'Change settings of an upstream; those not given stay as they are',
    status: 200,
    fields: UPSTREAM_SETTINGS,
    operation: operations.UPDATE_UPSTREAM,
    variables: async (call) => {
      const upstream_name = call.param('upstream_name');
      const settings = givenSettings(call);
      requireComplete({ ...(await storedUpstream(call, upstream_name)), ...settings });
      return { upstream_name, settings: { upstream_name, ...settings } };
    },
    missing: (call) => missingUpstream(call.param('upstream_name')),
  },
  {
    method: 'DELETE',
    path: '/upstream/:upstream_name',
    summary: 'Delete an upstream',
    status: 200,
    operation: operations.DELETE_UPSTREAM,
  },
  {
    method: 'GET',
    path: '/upstream/:upstream_name/route',
    summary: 'List the routes that send to an upstream',
    status: 200,
    list: true,
    operation: operations.GET_UPSTREAM_ROUTES,
  },
  {
    method: 'POST',
    path: '/upstream/copy/:upstream_name_src/:upstream_name_dst',
    summary: 'Create an upstream with the settings of another',
    status: 201,
    operation: operations.INSERT_UPSTREAM,
    variables: async (call) => {
      const stored = await storedUpstream(call, call.param('upstream_name_src'));
      const settings = UPSTREAM_SETTINGS.flatMap(({ name }) => (name in stored ? [[name, stored[name]]] : []));
      return { upstream: { ...Object.fromEntries(settings), upstream_name: call.param('upstream_name_dst') } };
    },
  },
];

async function storedUpstream(call: Call, upstream_name: string): Promise<Readonly<Record<string, unknown>>> {
  const found = await call.read<{ saaras_db_upstream: Record<string, unknown>[] }>(operations.GET_UPSTREAM, { upstream_name });
  const [upstream] = found.saaras_db_upstream;
  if (!upstream) throw new GatewayError('object_not_found', missingUpstream(upstream_name));
  return upstream;
}

function missingUpstream(name: string): string {
  return `upstream ${name} does not exist`;
}
