import type { Checked } from './checked';
import { invalid, valid } from './checked';
import { checkRegex } from './re2';

export interface PathMatch {
  readonly kind: 'prefix' | 'regex';
  readonly value: string;
}

/**
 * A route's path (data-plane reference 2.4.2): begins with `/`, runs of `/` count as one, and any of `^ + * [ ] %` makes it
 * a regular expression for the whole path.
 */
export function checkPrefix(text: string): Checked<PathMatch> {
  if (!text.startsWith('/')) return invalid(`prefix must begin with /, but is ${JSON.stringify(text)}`);
  const value = text.replace(/\/+/g, '/');
  if (!/[\^+*[\]%]/.test(value)) return valid({ kind: 'prefix', value });
  const regex = checkRegex(value);
  return regex.ok ? valid({ kind: 'regex', value }) : invalid(`prefix ${JSON.stringify(text)}: ${regex.message}`);
}
