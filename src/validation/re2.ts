import type { Checked } from './checked';
import { invalid, valid } from './checked';

/**
 * The largest RE2 program that the gateway serves; Envoy is started with this as `re2.max_program_size.error_level`.
 * What is estimated here is never less than what RE2 makes of it.
 */
export const MAX_REGEX_PROGRAM_SIZE = 4096;

/**
 * Whether RE2, Envoy's regular expression engine, accepts a pattern: its syntax (github.com/google/re2/wiki/Syntax) has no
 * look-around, no back-references, no possessive or stacked repetition. Of Unicode classes only the general categories
 * (`\pL`, `\p{Lu}`) are taken.
 */
export function checkRegex(pattern: string): Checked<string> {
  if (pattern.length > MAX_REGEX_PROGRAM_SIZE) {
    return invalid(`regular expression: ${pattern.length} characters are too many, at most ${MAX_REGEX_PROGRAM_SIZE} are read`);
  }
  try {
    new Re2Parser(pattern).parse();
    return valid(pattern);
  } catch (error) {
    if (error instanceof Re2Error) return invalid(`regular expression, character ${error.at + 1}: ${error.message}`);
    throw error;
  }
}

class Re2Error extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a part of the pattern costs. */
interface Cost {
  /** At least the number of RE2's instructions. */
  readonly size: number;
  /** The largest product of nested repetition counts. */
  readonly repeats: number;
}

const EMPTY: Cost = { size: 0, repeats: 1 };
const MAX_REPEAT = 1000;
const MAX_DEPTH = 500;
/** Measured: the largest general category takes 1,346 instructions, a negated class of ASCII at most 15. */
const UNICODE_CLASS_SIZE = 1400;
const CLASS_SIZE = 16;

const REPEAT = /\{(\d+)(?:(,)(\d*))?\}/y;
const GROUP_NAME = /\?P?<(\w+)>/y;
const FLAGS = /\?([imsU]*)(-[imsU]+)?[:)]/y;
const QUOTED = /\\Q([^]*?)(?:\\E|$)/y;
const POSIX_CLASS = /\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/y;
const PERL_CLASS = /\\[dDsSwW]/y;
const ASSERTION = /\\[AbBzC]/y;
const CATEGORY = 'C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?';
const UNICODE_CLASS = new RegExp(String.raw`\\[pP](?:[CLMNPSZ]|\{\^?(?:${CATEGORY})\})`, 'y');
const HEXADECIMAL = /\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/y;
const OCTAL = /\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y;
const CONTROL = /\\([afnrtv])/y;
const CONTROLS: Record<string, number> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const PUNCTUATION = /\\([!-/:-@[-`{-~ \x00-\x1f\x7f])/y;

/** Recursive descent; each method consumes what it is named after. */
class Re2Parser {
  private at = 0;
  private depth = 0;
  private readonly names = new Set<string>();

  constructor(private readonly text: string) {}

  parse(): void {
    const { size } = this.alternation();
    if (this.at < this.text.length) this.fail('this ) closes nothing');
    if (size > MAX_REGEX_PROGRAM_SIZE)
      this.fail(`the program is too large (about ${size}, at most ${MAX_REGEX_PROGRAM_SIZE})`, 0);
  }

  private alternation(): Cost {
    let size = 0;
    let repeats = 1;
    for (;;) {
      while (this.at < this.text.length && !'|)'.includes(this.peek())) {
        const part = this.repetition();
        size += part.size;
        repeats = Math.max(repeats, part.repeats);
      }
      if (!this.take('|')) return { size, repeats };
      size += 1;
    }
  }

  private repetition(): Cost {
    const start = this.at;
    if (this.operator() !== undefined) this.fail('there is nothing to repeat', start);
    const part = this.atom();
    const operator = this.at;
    const count = this.operator();
    if (count === undefined) return part ?? EMPTY;
    if (!part) this.fail('there is nothing to repeat', operator);
    const repeats = part.repeats * Math.max(count, 1);
    if (repeats > MAX_REPEAT) this.fail(`repeats more than ${MAX_REPEAT} times`, operator);
    this.take('?');
    const stacked = this.at;
    if (this.operator() !== undefined) this.fail('a repetition cannot be repeated; RE2 has no possessive repetition', stacked);
    return { size: Math.max(count, 1) * (part.size + 1) + 1, repeats };
  }

  /** Consumes `*`, `+`, `?`, `{2}`, `{2,}` or `{2,5}` and gives the count that it multiplies by; any other brace is a literal. */
  private operator(): number | undefined {
    if (this.take('*') || this.take('+') || this.take('?')) return 1;
    const start = this.at;
    const match = this.match(REPEAT);
    if (!match) return undefined;
    const least = Number(match[1]);
    const most = match[3] ? Number(match[3]) : least;
    if (most < least) this.fail('the repetition ends below its beginning', start);
    if (most > MAX_REPEAT) this.fail(`repeats more than ${MAX_REPEAT} times`, start);
    return most;
  }

  /** Undefined for a group that only sets flags. */
  private atom(): Cost | undefined {
    switch (this.peek()) {
      case '(':
        return this.group();
      case '[':
        return this.characterClass();
      case '.':
        this.at += 1;
        return { size: CLASS_SIZE, repeats: 1 };
      case '\\':
        return this.escapedAtom();
      default:
        return { size: literalSize(this.character()), repeats: 1 };
    }
  }

  private group(): Cost | undefined {
    const start = this.at;
    this.at += 1;
    if (this.peek() === '?') {
      const name = this.match(GROUP_NAME)?.[1];
      const flags = name === undefined ? this.match(FLAGS) : null;
      if (name === undefined && !flags) this.fail(unsupportedGroup(this.text.slice(this.at)), start);
      if (name !== undefined && this.names.has(name)) this.fail(`a second group is named ${name}`, start);
      if (name !== undefined) this.names.add(name);
      if (flags?.[0].endsWith(')')) return undefined;
    }
    if ((this.depth += 1) > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`, start);
    const { size, repeats } = this.alternation();
    if (!this.take(')')) this.fail('this ( is never closed', start);
    this.depth -= 1;
    return { size: size + 2, repeats };
  }

  private escapedAtom(): Cost {
    const quoted = this.match(QUOTED);
    if (quoted) return { size: 2 * Buffer.byteLength(quoted[1] ?? ''), repeats: 1 };
    if (this.match(ASSERTION)) return { size: 1, repeats: 1 };
    const unicode = this.peekIs(UNICODE_CLASS);
    const code = this.escape();
    return { size: unicode ? UNICODE_CLASS_SIZE : code === undefined ? CLASS_SIZE : literalSize(code), repeats: 1 };
  }

  private characterClass(): Cost {
    const start = this.at;
    let size = CLASS_SIZE;
    this.at += 1;
    this.take('^');
    for (let first = true; first || this.peek() !== ']'; first = false) {
      if (this.at >= this.text.length) this.fail('this [ is never closed', start);
      size += this.classMember();
    }
    this.at += 1;
    return { size, repeats: 1 };
  }

  /** Its cost. */
  private classMember(): number {
    if (this.text.startsWith('[:', this.at) && this.text.includes(':]', this.at + 2)) {
      if (!this.match(POSIX_CLASS)) this.fail('there is no such character class');
      return CLASS_SIZE;
    }
    const start = this.at;
    const unicode = this.peekIs(UNICODE_CLASS);
    const low = this.classCharacter();
    if (low === undefined) return unicode ? UNICODE_CLASS_SIZE : CLASS_SIZE;
    const isRange = this.peek() === '-' && this.at + 1 < this.text.length && this.text[this.at + 1] !== ']';
    if (!isRange) return literalSize(low);
    this.at += 1;
    const high = this.classCharacter();
    if (high === undefined || high < low) this.fail('the range ends below its beginning', start);
    return high < 0x80 ? 2 : 3 * CLASS_SIZE;
  }

  private classCharacter(): number | undefined {
    return this.peek() === '\\' ? this.escape() : this.character();
  }

  private character(): number {
    const code = this.text.codePointAt(this.at) ?? 0;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }

  /** The character that an escape stands for; undefined when it is a class. */
  private escape(): number | undefined {
    const start = this.at;
    if (this.match(PERL_CLASS) || this.match(UNICODE_CLASS)) return undefined;
    const digits = this.match(HEXADECIMAL);
    if (digits) {
      const code = parseInt(digits[1] ?? digits[2] ?? '', 16);
      return code <= 0x10ffff ? code : this.fail('there is no such character', start);
    }
    const octal = this.match(OCTAL)?.[1];
    if (octal !== undefined) return parseInt(octal, 8);
    const control = this.match(CONTROL)?.[1];
    if (control !== undefined) return CONTROLS[control];
    const literal = this.match(PUNCTUATION)?.[1];
    if (literal !== undefined) return literal.charCodeAt(0);
    return this.fail(unsupportedEscape(this.text.slice(start)), start);
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }

  private peekIs(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private fail(message: string, at = this.at): never {
    throw new Re2Error(at, message);
  }
}

/** Its bytes in UTF-8, twice: other cases may have to match too. */
function literalSize(code: number): number {
  return 2 * Buffer.byteLength(String.fromCodePoint(code));
}

function unsupportedGroup(text: string): string {
  return /^\?<?[=!]/.test(text) ? 'RE2 has no look-around' : 'RE2 has no group of this kind';
}

function unsupportedEscape(text: string): string {
  if (text === '\\') return 'a backslash at the end escapes nothing';
  if (/^\\[1-9]/.test(text)) return 'RE2 has no back-references';
  return /^\\[pP]/.test(text) ? 'only general categories are taken as Unicode classes' : 'RE2 has no such escape';
}
