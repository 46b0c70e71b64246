import { GatewayError } from '../errors';
import { parseUrlencoded } from './body';
import type { QueryParameter } from './endpoint';

/** The values of a query string by the declared names, in the order in which they were given. */
export type QueryValues = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the declared parameters, their names in any case. One that is not declared would be passed over in silence where
 * it was meant to matter, so it is refused. @throws GatewayError
 */
export function readQuery(parameters: readonly QueryParameter[], query: string): QueryValues {
  const values = new Map<string, string[]>();
  for (const [given, value] of parseUrlencoded(query)) {
    const parameter = parameters.find(({ name }) => name === given.toLowerCase());
    if (!parameter) {
      const names = parameters.map(({ name }) => name).join(', ');
      throw new GatewayError('invalid_input', `there is no parameter ${JSON.stringify(given)}: use ${names}`);
    }
    const before = values.get(parameter.name) ?? [];
    if (before.length > 0 && !parameter.repeatable)
      throw new GatewayError('invalid_input', `${parameter.name} may be given once, but is given again`);
    values.set(parameter.name, [...before, String(value)]);
  }
  for (const { name, required } of parameters) {
    if (required !== undefined && !values.get(name)?.[0]) throw new GatewayError('invalid_input', required);
  }
  return values;
}
