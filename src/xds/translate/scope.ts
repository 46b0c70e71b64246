import { isIP } from 'node:net';
import { HeaderValueOption_HeaderAppendAction } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import { ScopedRouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/scoped_route';
import { HeaderMutation } from '../../../gen/envoy-api/envoy/extensions/http/early_header_mutation/header_mutation/v3/header_mutation';
import type { TypedExtensionConfig } from '../../../gen/envoy-api/envoy/config/core/v3/extension';
import { encodeResource, pack } from '../resource';
import type { Resource } from '../resource';
import { CAPITALS, httpRoutesName } from './names';

/** Says in which scope the routes of a request are; overwritten when a client sends it, and gone before the upstream. */
export const SCOPE_HEADER = 'x-enroute-scope';

/** Envoy takes no header value that is longer than 16,384 bytes. */
const MAX_EXPRESSION_LENGTH = 16_000;

/**
 * envoy.config.route.v3.ScopedRouteConfiguration of a host, a suffix wildcard, CAPITALS or IPV6. It is named by its key: two
 * scopes that swapped keys in one response were seen to leave one of them without routes.
 */
export function scopedRoutes(key: string): Resource {
  return encodeResource(
    key,
    ScopedRouteConfiguration,
    ScopedRouteConfiguration.fromPartial({
      name: key,
      routeConfigurationName: httpRoutesName(key),
      key: { fragments: [{ stringKey: key }] },
    }),
  );
}

/** Sets the header, before Envoy chooses a scope by it. */
export function scopeHeader(expression: string): TypedExtensionConfig {
  const mutation = {
    append: {
      header: { key: SCOPE_HEADER, value: `%CEL(${expression})%` },
      appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
    },
  };
  return {
    name: 'envoy.http.early_header_mutation.header_mutation',
    typedConfig: pack(HeaderMutation, HeaderMutation.fromPartial({ mutations: [mutation] })),
  };
}

/**
 * The CEL expression that gives the scope of a request: the longest of these wildcards that covers its host, else the host,
 * a port perhaps behind it. Scope keys are compared letter by letter, and CEL here has no way to write a host in lower case, so
 * those with capitals have a scope of their own, whose routes do that; so have IPv6 addresses, since a key ends at a colon.
 * @param wildcards suffix wildcards, `*.example.com`
 * @returns undefined when it would be longer than Envoy takes
 */
export function scopeExpression(wildcards: Iterable<string>): string | undefined {
  const suffixes = suffixesOf(wildcards);
  const host = 'request.host';
  const lower = suffixes.length === 0 ? host : `(${anyOf(suffixes)} ? ${choose(suffixes)} : ${host})`;
  const expression = `${host}.matches('[A-Z[]') ? '${CAPITALS}' : ${lower}`;
  return expression.length > MAX_EXPRESSION_LENGTH ? undefined : expression;
}

/** What stands behind the asterisk of each, the longest first. */
export function suffixesOf(wildcards: Iterable<string>): string[] {
  const suffixes = [...wildcards].map((wildcard) => wildcard.slice(1));
  return suffixes.sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

/** The first of the suffixes that a host ends with, known to end with one: by halves, so that it is never nested deep. */
function choose(suffixes: readonly string[]): string {
  if (suffixes.length === 1) return `'*${suffixes[0]}'`;
  const longer = suffixes.slice(0, suffixes.length >> 1);
  return `(${anyOf(longer)} ? ${choose(longer)} : ${choose(suffixes.slice(longer.length))})`;
}

function anyOf(suffixes: readonly string[]): string {
  const ends = suffixes.map((suffix) => `request.host.endsWith('${suffix}') || request.host.contains('${suffix}:')`);
  return `(${ends.join(' || ')})`;
}

/** The longest of the wildcards that covers an exact host. */
export function coveringWildcard(host: string, wildcards: ReadonlySet<string>): string | undefined {
  if (wildcards.size === 0) return undefined;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const wildcard = `*${host.slice(dot)}`;
    if (wildcards.has(wildcard)) return wildcard;
  }
  return undefined;
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/** An IP address, for which clients send no TLS server name (RFC 6066, 3). */
export function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}
