const KEY = '"secret_key"';
const REDACTED = '"<redacted>"';

/**
 * A JSON text with every non-empty string under a key `secret_key` replaced; all other bytes stay as they are. The text
 * must be valid JSON: its strings are walked, nothing else is looked at.
 */
export function redactPrivateKeys(json: string): string {
  let redacted = '';
  let copied = 0;
  for (let quote = json.indexOf('"'); quote >= 0;) {
    const end = endOfString(json, quote);
    const value = json.startsWith(KEY, quote) ? stringAfterColon(json, end) : undefined;
    if (value === undefined) {
      quote = json.indexOf('"', end);
      continue;
    }
    const valueEnd = endOfString(json, value);
    if (valueEnd - value > 2) {
      redacted += json.slice(copied, value) + REDACTED;
      copied = valueEnd;
    }
    quote = json.indexOf('"', valueEnd);
  }
  return redacted + json.slice(copied);
}

/** The offset behind the string whose opening quote is at `start`. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const quote = json.indexOf('"', at);
    if (quote < 0) return json.length;
    let slashes = 0;
    while (json[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote;
  }
}

/** The offset of a string that is the value of the key that ends at `at`; undefined when it is no key, or its value no string. */
function stringAfterColon(json: string, at: number): number | undefined {
  const pattern = /\s*:\s*(?=")/y;
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : undefined;
}
