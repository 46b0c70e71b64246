import { ExactNumber } from '../compile';
import { RequestError } from '../errors';

const LONG_NUMBER = /[0-9]{16}|[eE][+-]?[0-9]{3}/;

/**
 * Parses a JSON body. A number with more digits than a JavaScript number holds keeps them.
 * @throws RequestError with code `invalid-json`.
 */
export function parseJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? new Parser(text).document() : (JSON.parse(text) as unknown);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    throw new RequestError('invalid-json', '$', `the request's body is not JSON: ${error.message}`);
  }
}

/** JSON.parse decides what is valid; this walks the same text again, looking only at where numbers stand. */
class Parser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    JSON.parse(text);
    this.#text = text;
  }

  document(): unknown {
    return this.#value();
  }

  #value(): unknown {
    const start = this.#peek();
    if (start === '{') return this.#object();
    if (start === '[') return this.#list();
    if (start === '"') return this.#string();
    const [token = ''] = this.#match(/[^\s,\]}]+/y);
    return /^[-0-9]/.test(token) ? exact(token) : (JSON.parse(token) as unknown);
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.#at += 1;
    while (this.#peek() !== '}') {
      if (this.#peek() === ',') this.#at += 1;
      this.#peek();
      const key = this.#string();
      this.#peek();
      this.#at += 1;
      entries.push([key, this.#value()]);
    }
    this.#at += 1;
    return Object.fromEntries(entries);
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    this.#at += 1;
    while (this.#peek() !== ']') {
      if (this.#peek() === ',') this.#at += 1;
      items.push(this.#value());
    }
    this.#at += 1;
    return items;
  }

  #string(): string {
    const start = this.#at;
    for (let end = this.#text.indexOf('"', start + 1); end >= 0; end = this.#text.indexOf('"', end + 1)) {
      let slashes = 0;
      while (this.#text[end - 1 - slashes] === '\\') slashes += 1;
      if (slashes % 2 === 1) continue;
      this.#at = end + 1;
      return JSON.parse(this.#text.slice(start, end + 1)) as string;
    }
    throw new SyntaxError('a string does not end');
  }

  /** The next character that is not white space. */
  #peek(): string | undefined {
    this.#match(/\s*/y);
    return this.#text[this.#at];
  }

  #match(pattern: RegExp): RegExpExecArray | [] {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found ?? [];
  }
}

function exact(token: string): number | ExactNumber {
  const value = Number(token);
  return String(value) === token ? value : new ExactNumber(token);
}
