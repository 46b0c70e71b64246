import { GatewayError } from '../../errors';
import type { Call, Endpoint } from '../endpoint';
import * as operations from '../operations/route';
import type { RouteCondition } from './route-condition';
import { changedPrefix, routeCondition } from './route-condition';

/** REST reference 1.3, S10 and T1 to T5. */
export const ROUTE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/service/copyroute/:service_name_src/:service_name_dst/route/:route_name',
    summary: 'Copy what a route matches into another service, which is created when missing',
    status: 201,
    operation: operations.INSERT_SERVICE_ROUTE,
    variables: async (call) => ({
      service_name: call.param('service_name_dst'),
      route_name: call.param('route_name'),
      ...(await storedCondition(call, call.param('service_name_src'))),
    }),
  },
  {
    method: 'POST',
    path: '/service/:service_name/route',
    summary: 'Create a route in a service, which is created when missing',
    status: 201,
    fields: [
      { name: 'route_name', summary: 'the name', required: 'Please provide route name using Name field' },
      { name: 'route_prefix', summary: 'the prefix of the path, or a regular expression when it holds one of ^ + * [ ] %' },
      {
        name: 'route_config',
        summary:
          'instead of route_prefix: JSON {"prefix", "header": [{"name", and one of "exact", "notexact", "contains", "notcontains", "present"}]}',
      },
    ],
    operation: operations.INSERT_SERVICE_ROUTE,
    variables: (call) => ({
      service_name: call.param('service_name'),
      route_name: call.field('route_name'),
      ...routeCondition(call.field('route_prefix'), call.field('route_config')),
    }),
  },
  {
    method: 'GET',
    path: '/service/:service_name/route',
    summary: 'List the routes of a service',
    status: 200,
    list: true,
    operation: operations.GET_ROUTES,
  },
  {
    method: 'GET',
    path: '/service/:service_name/route/:route_name',
    summary: 'Show a route',
    status: 200,
    operation: operations.GET_ROUTE,
  },
  {
    method: 'PATCH',
    path: '/service/:service_name/route/:route_name',
    summary: 'Change the prefix of a route; its header conditions stay',
    status: 201,
    fields: [
      { name: 'route_prefix', summary: 'the new prefix', required: 'Please provide route prefix using Route_Prefix field' },
    ],
    operation: operations.UPDATE_ROUTE,
    variables: async (call) => ({
      service_name: call.param('service_name'),
      route_name: call.param('route_name'),
      ...changedPrefix(await storedCondition(call, call.param('service_name')), call.field('route_prefix')),
    }),
    missing: (call) => missingRoute(call.param('service_name'), call.param('route_name')),
  },
  {
    method: 'DELETE',
    path: '/service/:service_name/route/:route_name',
    summary: 'Delete a route',
    status: 200,
    operation: operations.DELETE_ROUTE,
  },
];

type StoredCondition = { readonly [column in keyof RouteCondition]: RouteCondition[column] | null };

async function storedCondition(call: Call, service_name: string): Promise<StoredCondition> {
  const route_name = call.param('route_name');
  const found = await call.read<{ saaras_db_route: StoredCondition[] }>(operations.GET_ROUTE_CONDITION, {
    service_name,
    route_name,
  });
  const [condition] = found.saaras_db_route;
  if (!condition) throw new GatewayError('object_not_found', missingRoute(service_name, route_name));
  return condition;
}

function missingRoute(service: string, route: string): string {
  return `route ${route} of service ${service} does not exist`;
}
