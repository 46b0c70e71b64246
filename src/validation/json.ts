import type { Checked } from './checked';
import { invalid, valid } from './checked';
import { placeOf } from './position';

/** Deeper documents are refused: neither Postgres nor a recursive reader takes any depth. */
const MAX_DEPTH = 500;

/** One JSON document (RFC 8259), with nothing but blanks around it. The message begins with line and column. */
export function parseJson(text: string): Checked<unknown> {
  const end = scan(text);
  if (typeof end !== 'number') return end;
  const rest = skipBlanks(text, end);
  return rest < text.length ? unexpected(text, rest, 'the end of the text') : valid(JSON.parse(text) as unknown);
}

/** As `parseJson`, but what follows the first value is ignored (REST reference 1.4). */
export function parseFirstJson(text: string): Checked<unknown> {
  const end = scan(text);
  return typeof end === 'number' ? valid(JSON.parse(text.slice(0, end)) as unknown) : end;
}

type Failure = ReturnType<typeof invalid>;

/** What may come next: `JSON.parse` names no position for most errors, so that the grammar is walked here. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }';

const EXPECTED: Record<Expected, string> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or }',
  ':': ':',
  ', or ]': ', or ]',
  ', or }': ', or }',
};

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A string without its closing quote; unrolled, so that it takes linear time. */
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;

/** The offset behind the first value, or what is wrong with it. */
function scan(text: string): number | Failure {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = skipBlanks(text, at);
    const character = text[at];
    if (character === undefined) return unexpected(text, at, EXPECTED[expected]);
    if (closes(character, expected)) {
      open.pop();
      at += 1;
    } else if (expected === ':' && character === ':') {
      at += 1;
      expected = 'value';
      continue;
    } else if (character === ',' && (expected === ', or ]' || expected === ', or }')) {
      at += 1;
      expected = expected === ', or ]' ? 'value' : 'key';
      continue;
    } else if (expected === 'key' || expected === 'key or }') {
      if (character !== '"') return unexpected(text, at, EXPECTED[expected]);
      const end = endOfString(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      expected = ':';
      continue;
    } else if (expected === 'value' || expected === 'value or ]') {
      if (character === '{' || character === '[') {
        if (open.push(character) > MAX_DEPTH) return invalid(`${placeOf(text, at)}: nested deeper than ${MAX_DEPTH} levels`);
        at += 1;
        expected = character === '{' ? 'key or }' : 'value or ]';
        continue;
      }
      const end = character === '"' ? endOfString(text, at) : endOf(LITERAL, text, at);
      if (end === undefined) return unexpected(text, at, EXPECTED[expected]);
      if (typeof end !== 'number') return end;
      at = end;
    } else {
      return unexpected(text, at, EXPECTED[expected]);
    }
    const container = open[open.length - 1];
    if (container === undefined) return at;
    expected = container === '{' ? ', or }' : ', or ]';
  }
}

function closes(character: string, expected: Expected): boolean {
  return (character === ']' || character === '}') && expected.endsWith(`or ${character}`);
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function endOfString(text: string, at: number): number | Failure {
  const bad = endOf(STRING, text, at) ?? at;
  if (text[bad] === '"') return bad + 1;
  if (bad >= text.length) return invalid(`${placeOf(text, at)}: the string that begins here has no end`);
  const what = text[bad] === '\\' ? 'an escape that JSON does not have' : 'a control character, which a string must escape';
  return invalid(`${placeOf(text, bad)}: ${what}`);
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

function unexpected(text: string, at: number, expected: string): Failure {
  const found = text.codePointAt(at);
  const shown = found === undefined ? 'the text ends' : `found ${JSON.stringify(String.fromCodePoint(found))}`;
  return invalid(`${placeOf(text, at)}: ${shown} where ${expected} is expected`);
}
