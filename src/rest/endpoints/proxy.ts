import type { Endpoint } from '../endpoint';
import * as operations from '../operations/proxy';
import { redactPrivateKeys } from '../redact';

/** REST reference 1.2. */
export const PROXY_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/proxy', summary: 'List the proxies', status: 200, list: true, operation: operations.GET_PROXIES },
  {
    method: 'POST',
    path: '/proxy',
    summary: 'Create a proxy; an existing one is left as it is',
    status: 201,
    fields: [{ name: 'name', summary: 'the name', required: 'Please provide name of proxy using Name field' }],
    operation: operations.CREATE_PROXY,
    variables: (call) => ({ proxy_name: call.field('name') }),
    present: (_body, call) => echo(call.field('name')),
  },
  { method: 'GET', path: '/proxy/:proxy_name', summary: 'Show a proxy', status: 200, operation: operations.GET_PROXY },
  { method: 'DELETE', path: '/proxy/:proxy_name', summary: 'Delete a proxy', status: 200, operation: operations.DELETE_PROXY },
  {
    method: 'GET',
    path: '/proxy/dump',
    summary: 'Show the proxies with all that is linked to them',
    status: 200,
    list: true,
    operation: operations.GET_PROXY_DETAIL,
    present: redactPrivateKeys,
  },
  {
    method: 'GET',
    path: '/proxy/dump/:proxy_name',
    summary: 'Show a proxy with all that is linked to it',
    status: 200,
    operation: operations.GET_ONE_PROXY_DETAIL,
    present: redactPrivateKeys,
  },
  {
    method: 'GET',
    path: '/proxy/:proxy_name/service',
    summary: 'List the services of a proxy',
    status: 200,
    list: true,
    operation: operations.GET_PROXY_SERVICES,
  },
  {
    method: 'POST',
    path: '/proxy/:proxy_name/service/:service_name',
    summary: 'Link a service to a proxy; whichever is missing is created',
    status: 201,
    operation: operations.CREATE_PROXY_SERVICE,
  },
  {
    method: 'GET',
    path: '/proxy/:proxy_name/service/:service_name',
    summary: 'Show a service of a proxy',
    status: 200,
    operation: operations.GET_PROXY_SERVICE,
  },
  {
    method: 'DELETE',
    path: '/proxy/:proxy_name/service/:service_name',
    summary: 'Unlink a service from a proxy',
    status: 200,
    operation: operations.DELETE_PROXY_SERVICE,
  },
  {
    method: 'GET',
    path: '/proxy/:proxy_name/globalconfig',
    summary: 'List the globalconfigs of a proxy',
    status: 200,
    list: true,
    operation: operations.GET_PROXY_GLOBALCONFIGS,
  },
  {
    method: 'POST',
    path: '/proxy/:proxy_name/globalconfig/:globalconfig_name',
    summary: 'Link a globalconfig to a proxy; whichever is missing is created',
    status: 201,
    operation: operations.CREATE_PROXY_GLOBALCONFIG,
  },
  {
    method: 'DELETE',
    path: '/proxy/:proxy_name/globalconfig/:globalconfig_name',
    summary: 'Unlink a globalconfig from a proxy',
    status: 200,
    operation: operations.DELETE_PROXY_GLOBALCONFIG,
  },
];

/** The name as JSON that is safe inside HTML, with a newline: so this one answer has always been written. */
function echo(name: string): string {
  const escaped = JSON.stringify({ name }).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}
