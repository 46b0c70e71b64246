/** A named GraphQL document. */
export interface Operation {
  readonly name: string;
  readonly document: string;
  /** The names of its variables, without the dollar sign. */
  readonly variables: readonly string[];
}

/** The operation that a document holds; its name and its variables are read from the text. */
export function operation(document: string): Operation {
  const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(document)?.[1];
  if (name === undefined) throw new Error(`the document does not begin with a named operation: ${document}`);
  const variables = [...document.matchAll(/\$(\w+)\s*:/g)].map((definition) => definition[1] ?? '');
  return { name, document: document.trim(), variables };
}

/** An upsert that leaves an existing row as it is, but for `update_ts`: the row counts as affected both times. */
export function touch(constraint: string): string {
  return `on_conflict: {constraint: ${constraint}, update_columns: [update_ts]}`;
}

/** Nested inserts of parents, found by their names and created when missing (REST reference 2.3). */
export const TOUCH_PROXY = `proxy: {data: {proxy_name: $proxy_name}, ${touch('proxy_proxy_name_key')}}`;
export const TOUCH_GLOBALCONFIG = `globalconfig: {data: {globalconfig_name: $globalconfig_name}, ${touch('globalconfig_globalconfig_name_key')}}`;
export const TOUCH_SERVICE = `service: {data: {service_name: $service_name}, ${touch('service_service_name_key')}}`;
export const TOUCH_SECRET = `secret: {data: {secret_name: $secret_name}, ${touch('secret_secret_name_key')}}`;
export const TOUCH_FILTER = `filter: {data: {filter_name: $filter_name}, ${touch('filter_filter_name_key')}}`;
export const TOUCH_UPSTREAM = `upstream: {data: {upstream_name: $upstream_name}, ${touch('upstream_upstream_name_key')}}`;
export const TOUCH_ROUTE = `route: {data: {route_name: $route_name, ${TOUCH_SERVICE}}, ${touch('route_service_id_route_name_key')}}`;
