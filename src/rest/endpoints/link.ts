import type { Endpoint } from '../endpoint';
import * as route from '../operations/route';
import * as service from '../operations/service';

/** What is linked to services and routes: REST reference 1.3, T6 to T19. Whatever a link names is created when missing. */
export const LINK_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/service/:service_name/route/:route_name/upstream',
    summary: 'Show a route with its upstreams',
    status: 200,
    list: true,
    operation: route.GET_ROUTE_UPSTREAMS,
  },
  {
    method: 'POST',
    path: '/service/:service_name/route/:route_name/upstream/:upstream_name',
    summary: 'Link an upstream to a route; whichever is missing is created',
    status: 201,
    operation: route.INSERT_ROUTE_UPSTREAM,
  },
  {
    method: 'DELETE',
    path: '/service/:service_name/route/:route_name/upstream/:upstream_name',
    summary: 'Unlink an upstream from a route',
    status: 200,
    operation: route.DELETE_ROUTE_UPSTREAM,
  },
  {
    method: 'GET',
    path: '/service/:service_name/secret',
    summary: 'List the secrets of a service, without their texts',
    status: 200,
    list: true,
    operation: service.GET_SERVICE_SECRETS,
  },
  {
    method: 'POST',
    path: '/service/:service_name/secret/:secret_name',
    summary: 'Link a secret to a service; whichever is missing is created',
    status: 201,
    operation: service.INSERT_SERVICE_SECRET,
  },
  {
    method: 'DELETE',
    path: '/service/:service_name/secret/:secret_name',
    summary: 'Unlink a secret from a service',
    status: 200,
    operation: service.DELETE_SERVICE_SECRET,
  },
  {
    method: 'POST',
    path: '/service/:service_name/filter/:filter_name',
    summary: 'Link a filter to a service; whichever is missing is created',
    status: 201,
    operation: service.INSERT_SERVICE_FILTER,
  },
  {
    method: 'GET',
    path: '/service/:service_name/filter/:filter_name',
    summary: 'Show a filter of a service',
    status: 201,
    operation: service.GET_SERVICE_FILTER,
  },
  {
    method: 'GET',
    path: '/service/:service_name/filter',
    summary: 'List the filters of a service',
    status: 201,
    list: true,
    operation: service.GET_SERVICE_FILTERS,
  },
  {
    method: 'DELETE',
    path: '/service/:service_name/filter/:filter_name',
    summary: 'Unlink a filter from a service',
    status: 201,
    operation: service.DELETE_SERVICE_FILTER,
  },
  {
    method: 'POST',
    path: '/service/:service_name/route/:route_name/filter/:filter_name',
    summary: 'Link a filter to a route; whichever is missing is created',
    status: 201,
    operation: route.INSERT_ROUTE_FILTER,
  },
  {
    method: 'GET',
    path: '/service/:service_name/route/:route_name/filter/:filter_name',
    summary: 'Show a filter of a route',
    status: 201,
    operation: route.GET_ROUTE_FILTER,
  },
  {
    method: 'GET',
    path: '/service/:service_name/route/:route_name/filter',
    summary: 'List the filters of a route',
    status: 201,
    list: true,
    operation: route.GET_ROUTE_FILTERS,
  },
  {
    method: 'DELETE',
    path: '/service/:service_name/route/:route_name/filter/:filter_name',
    summary: 'Unlink a filter from a route',
    status: 201,
    operation: route.DELETE_ROUTE_FILTER,
  },
];
