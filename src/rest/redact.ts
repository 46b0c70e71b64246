const PRIVATE_KEYS = ['secret_key'];
/** What an artifact of a secret holds may be a private key too; the administrator is shown it. */
const MAY_BE_PRIVATE_KEYS = [...PRIVATE_KEYS, 'artifact_value'];
const REDACTED = '"<redacted>"';

/** A JSON text without private keys. */
export function redactPrivateKeys(json: string): string {
  return redact(json, PRIVATE_KEYS);
}

/** A JSON text without anything that may be a private key. */
export function redactForViewer(json: string): string {
  return redact(json, MAY_BE_PRIVATE_KEYS);
}

/**
 * A JSON text with every non-empty string under one of the keys replaced; all other bytes stay as they are. The text must be
 * valid JSON: its strings are walked, nothing else is looked at.
 */
function redact(json: string, keys: readonly string[]): string {
  const quoted = keys.map((key) => JSON.stringify(key));
  let redacted = '';
  let copied = 0;
  for (let quote = json.indexOf('"'); quote >= 0;) {
    const end = endOfString(json, quote);
    const value = quoted.some((key) => json.startsWith(key, quote)) ? stringAfterColon(json, end) : undefined;
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
