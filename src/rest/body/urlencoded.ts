import { GatewayError } from '../../errors';
import type { Entry } from './form';

/**
 * Pairs of an `application/x-www-form-urlencoded` text or a query string, in order. `+` is a blank; `;` is data: Lua in
 * `curl -d` needs it. @throws GatewayError for a malformed escape
 */
export function parseUrlencoded(text: string): readonly Entry[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    const escape = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text)?.[0];
    const reason = escape === undefined ? 'its escapes are not UTF-8' : `invalid URL escape ${JSON.stringify(escape)}`;
    throw new GatewayError('malformed_body', `the form cannot be read: ${reason} (a percent sign itself is written %25)`);
  }
}
