import { GatewayError } from '../../errors';
import type { RouteConfig } from '../../validation';
import { checkPrefix, normalizedRouteConfig, parseJson, parseRouteConfig } from '../../validation';

/** The three columns that say what a route matches. Of the two texts just one is not empty, and `config_json` says the same. */
export interface RouteCondition {
  readonly route_prefix: string;
  readonly route_config: string;
  readonly config_json: object;
}

/**
 * The condition of a new route (REST reference 1.4). Both texts may be given when they agree: a prefix of the data plane
 * would hide the header conditions of the config, so that the config then stands alone.
 * @throws GatewayError invalid_input
 */
export function routeCondition(prefix: string, configText: string): RouteCondition {
  if (configText === '') {
    if (prefix === '') throw new GatewayError('invalid_input', 'Please provide route prefix using Prefix field');
    return prefixCondition(prefix);
  }
  const config = readConfig(configText);
  if (prefix === '') return { route_prefix: '', route_config: configText, config_json: normalizedRouteConfig(config) };
  if (config.prefix !== '' && config.prefix !== prefix) {
    throw new GatewayError(
      'invalid_input',
      `route_prefix ${JSON.stringify(prefix)} and the prefix ${JSON.stringify(config.prefix)} of route_config differ: give one of them`,
    );
  }
  return withPrefix(config, prefix);
}

/** The condition of a stored route with another prefix: its header conditions stay. */
export function changedPrefix(stored: { readonly route_config: string | null }, prefix: string): RouteCondition {
  const config = parseRouteConfig(stored.route_config ?? '');
  return config.ok ? withPrefix(config.value, prefix) : prefixCondition(prefix);
}

function withPrefix(config: RouteConfig, prefix: string): RouteCondition {
  const condition = prefixCondition(prefix);
  if (!config.header?.some((header) => header.name !== '')) return condition;
  const config_json = normalizedRouteConfig({ ...config, prefix });
  return { route_prefix: '', route_config: JSON.stringify(config_json), config_json };
}

function prefixCondition(prefix: string): RouteCondition {
  const checked = checkPrefix(prefix);
  if (!checked.ok) throw new GatewayError('invalid_input', `route_prefix: ${checked.message}`);
  return { route_prefix: prefix, route_config: '', config_json: normalizedRouteConfig({ prefix, header: null }) };
}

function readConfig(text: string): RouteConfig {
  const config = parseRouteConfig(text);
  if (config.ok) return config.value;
  const text400 = prefixLacksSlash(text) ? 'Prefix condition must start with /' : 'Failed to unmarshal route config';
  throw new GatewayError('invalid_input', `${text400}: ${config.message}`);
}

function prefixLacksSlash(text: string): boolean {
  const json = parseJson(text);
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return false;
  const prefix: unknown = Object.entries(json.value).find(([key]) => key.toLowerCase() === 'prefix')?.[1];
  return typeof prefix === 'string' && prefix !== '' && !prefix.startsWith('/');
}
