import { RequestError, validationFailed } from '../errors';
import type { ColumnType, EnumValues, Scalar } from '../model';
import { ExactNumber } from './template';

type Encode = (value: unknown) => string | null;

/**
 * Writes a JSON value as the text of a parameter of a column's type (contract 2). A string is let through: Postgres
 * reads it or says why it cannot. Null is SQL's NULL, or refused where it may not be.
 */
export function columnEncoder(type: ColumnType, path: string, nullable: boolean): Encode {
  const { scalar } = type;
  const one = (value: unknown): string => (type.isArray ? arrayText(value, scalar, path) : scalarText(value, scalar, path));
  return (value) => {
    if (value !== null) return one(value);
    if (nullable) return null;
    throw unexpectedNullOf(scalar, path);
  };
}

/** Writes a list of values as a Postgres array; a single value is a list of one; null and null elements are refused. */
export function listEncoder(scalar: Scalar, path: string): Encode {
  return (value) => {
    if (value === null) throw validationFailed(path, 'expected a list, but found null');
    const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = elements.map((element, index) => {
      if (element === null) throw unexpectedNullOf(scalar, `${path}[${index}]`);
      return scalarText(element, scalar, `${path}[${index}]`);
    });
    return textArray(texts, scalar.delimiter);
  };
}

/** Says what was found instead of what is expected. */
type Describe = (value: unknown) => string;

/** `limit`: null is none; else a non-negative 32-bit integer, and no string. */
export function limitEncoder(path: string, describe: Describe = foundValue): Encode {
  return (value) => {
    if (value === null) return null;
    const digits = numberText(value);
    const found = describe(value);
    if (digits !== undefined && !digits.startsWith('-') && found !== 'a float') return integerText(digits, 32, path);
    throw validationFailed(path, `expected a non-negative 32-bit integer for type 'Int', but found ${found}`);
  };
}

/** `offset`: null is none; else an integer of 64 bits, as a number or as digits. */
export function offsetEncoder(path: string, describe: Describe = foundValue): Encode {
  return (value) => {
    if (value === null) return null;
    const digits = typeof value === 'string' && /^\d+$/.test(value) ? value : numberText(value);
    const found = describe(value);
    if (digits !== undefined && found !== 'a float') return integerText(digits, 64, path);
    const expected = 'a 32-bit integer, or a 64-bit integer represented as a string';
    throw validationFailed(path, `expected ${expected} for type 'Int', but found ${found}`);
  };
}

/** The argument `path` of a json column, as a Postgres text array; `$` is the whole value. */
export function jsonPathEncoder(path: string): Encode {
  return (value) => {
    if (typeof value === 'string') return textArray(parseJsonPath(value, path));
    throw validationFailed(path, `expected a string for type 'String', but found ${foundValue(value)}`);
  };
}

function parseJsonPath(text: string, path: string): string[] {
  const keys: string[] = [];
  let rest = text.startsWith('$') ? text.slice(1) : text;
  while (rest !== '') {
    const match = /^\.?([^.[\]'"]+)|^\.?\[(\d+)\]|^\.?\['((?:[^'\\]|\\.)*)'\]|^\.?\["((?:[^"\\]|\\.)*)"\]/.exec(rest);
    if (!match)
      throw validationFailed(path, `parse json path error: unexpected text at "${rest.slice(0, 20)}" in "${text.slice(0, 100)}"`);
    keys.push(match[1] ?? match[2] ?? (match[3] ?? match[4] ?? '').replace(/\\(.)/g, '$1'));
    rest = rest.slice(match[0].length);
  }
  return keys;
}

export function unexpectedNull(typeName: string, path: string): RequestError {
  return validationFailed(path, `unexpected null value for type '${typeName}'`);
}

function unexpectedNullOf({ name, values }: Scalar, path: string): RequestError {
  return values
    ? validationFailed(path, `expected an enum value for type '${name}', but found null`)
    : unexpectedNull(name, path);
}

/** What was found instead, as Hasura says it of a JSON value. */
export function foundValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof ExactNumber || typeof value === 'number') return 'a number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A list as an array's value, in which elements may be null; a string is Postgres' own notation. */
function arrayText(value: unknown, scalar: Scalar, path: string): string {
  if (typeof value === 'string') return value;
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = elements.map((element) => (element === null ? null : scalarText(element, scalar, path)));
  return textArray(texts, scalar.delimiter);
}

/** A Postgres array literal; a type of elements has its own delimiter. */
export function textArray(elements: readonly (string | null)[], delimiter = ','): string {
  const texts = elements.map((element) => (element === null ? 'NULL' : `"${element.replace(/["\\]/g, '\\$&')}"`));
  return `{${texts.join(delimiter)}}`;
}

function scalarText(value: unknown, scalar: Scalar, path: string): string {
  const { input } = scalar;
  if (input === 'json') return jsonText(value);
  if (scalar.values) return enumText(value, scalar.name, scalar.values, path);
  if (input === 'ltree') return labelPath(value, path);
  if (typeof value === 'string') return value;
  if (input === 'unknown') throw parseFailed(path, `A string is expected for type: ${scalar.decoder}`);
  const number = numberText(value);
  if (input === 'integer' && number !== undefined) return integerText(number, scalar.bits, path);
  if (input === 'number' && number !== undefined) return number;
  if (input === 'money' && number !== undefined) return plainDecimal(number) ?? number;
  if (input === 'boolean') {
    if (typeof value === 'boolean') return String(value);
    throw parseFailed(path, `expected Bool, but encountered ${jsonKind(value)}`);
  }
  const expected = input === 'string' ? 'String' : 'Number';
  throw parseFailed(path, `parsing ${scalar.decoder} failed, expected ${expected}, but encountered ${jsonKind(value)}`);
}

/** An ltree, whose labels are looked at before Postgres sees them. */
function labelPath(value: unknown, path: string): string {
  if (typeof value === 'string' && value.split('.').every((label) => label !== '')) return value;
  const message = 'Expecting label path: a sequence of zero or more labels separated by dots, for example L1.L2.L3';
  throw parseFailed(path, message);
}

function enumText(value: unknown, typeName: string, values: EnumValues, path: string): string {
  if (typeof value !== 'string')
    throw validationFailed(path, `expected an enum value for type '${typeName}', but found ${foundValue(value)}`);
  if (values.has(value)) return value;
  const choices = [...values.keys()].map((each) => `'${each}'`).join(', ');
  throw validationFailed(path, `expected one of the values [${choices}] for type '${typeName}', but found '${value}'`);
}

/** The digits of a number; undefined for what is none. */
function numberText(value: unknown): string | undefined {
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'number' ? String(value) : undefined;
}

function integerText(digits: string, bits: number, path: string): string {
  const [whole = '', fraction] = (plainDecimal(digits) ?? '').split('.');
  const exact = whole === '' || fraction !== undefined ? undefined : BigInt(whole);
  if (exact !== undefined && BigInt.asIntN(bits, exact) === exact) return exact.toString();
  const hint = 'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';
  throw parseFailed(path, `The value ${scientific(digits)} ${hint}`);
}

/** No type that is written without an exponent has so many digits. */
const MAX_EXPONENT = 50;
const MAX_DIGITS = 1_000;
const MAX_SHOWN_DIGITS = 50;

/** A number written without an exponent and without zeros behind its point, digit by digit; undefined when it is too long. */
function plainDecimal(digits: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(digits) ?? [];
  const shift = Number(exponent);
  if (whole === '' || digits.length > MAX_DIGITS || Math.abs(shift) > MAX_EXPONENT) return undefined;
  const point = whole.length + shift;
  const all = `${'0'.repeat(Math.max(0, -point))}${whole}${fraction}`.padEnd(point, '0');
  const left = all.slice(0, Math.max(0, point));
  const right = withoutEndZeros(all.slice(Math.max(0, point)));
  return `${sign}${left === '' ? '0' : left}${right === '' ? '' : `.${right}`}`;
}

/** No regular expression: one would begin anew at each of a million zeros. */
function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** A number as Haskell's Scientific shows it: `2.147483648e9`, `1.5`. */
function scientific(digits: string): string {
  const [, sign = '', mantissa = '0', exponent = '0'] = /^(-?)([\d.]+)(?:[eE]([+-]?\d+))?$/.exec(digits) ?? [];
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const power = whole.length + Number(exponent) - 1 - (`${whole}${fraction}`.length - all.length);
  const significant = withoutEndZeros(all).slice(0, MAX_SHOWN_DIGITS) || '0';
  const value = Math.abs(Number(digits));
  if (value >= 0.1 && value < 1e7) return Number.isInteger(value) ? `${sign}${value}.0` : `${sign}${value}`;
  return `${sign}${significant[0]}.${significant.slice(1) || '0'}e${power}`;
}

function jsonKind(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (value instanceof ExactNumber || typeof value === 'number') return 'Number';
  return typeof value === 'object' ? 'Object' : typeof value === 'boolean' ? 'Boolean' : 'String';
}

function jsonText(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`)
    .join(',')}}`;
}

function parseFailed(path: string, message: string): RequestError {
  return new RequestError('parse-failed', path, message);
}
