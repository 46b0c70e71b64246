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
    throw unexpectedNull(scalar.name, path);
  };
}

/** Writes a list of values as a Postgres array; a single value is a list of one; null and null elements are refused. */
export function listEncoder(scalar: Scalar, path: string): Encode {
  return (value) => {
    if (value === null) throw validationFailed(path, 'expected a list, but found null');
    return arrayLiteral(Array.isArray(value) ? value : [value], scalar, path);
  };
}

/** `limit`: null is none; else a non-negative 32-bit integer, and no string. */
export function limitEncoder(path: string): Encode {
  return (value) => {
    if (value === null) return null;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fff_ffff) return String(value);
    const found = typeof value === 'number' && Number.isInteger(value) ? 'an integer' : foundValue(value);
    throw validationFailed(path, `expected a non-negative 32-bit integer for type 'Int', but found ${found}`);
  };
}

/** `offset`: null is none; else an integer of 64 bits, as a number or as digits. */
export function offsetEncoder(path: string): Encode {
  return (value) => {
    if (value === null) return null;
    const digits = value instanceof ExactNumber ? value.text : String(value);
    if (typeof value !== 'boolean' && /^-?\d+$/.test(digits)) return digits;
    throw validationFailed(path, `expected a 64-bit integer for type 'Int', but found ${foundValue(value)}`);
  };
}

/** The argument `path` of a json column, as a Postgres text array; null and `$` are the whole value. */
export function jsonPathEncoder(path: string): Encode {
  return (value) => {
    if (value === null) return '{}';
    if (typeof value !== 'string')
      throw validationFailed(path, `expected a string for type 'String', but found ${foundValue(value)}`);
    return textArray(parseJsonPath(value, path));
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

/** What was found instead, as Hasura says it of a JSON value. */
export function foundValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof ExactNumber || typeof value === 'number') return 'a number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function arrayText(value: unknown, scalar: Scalar, path: string): string {
  if (typeof value === 'string') return value;
  return arrayLiteral(Array.isArray(value) ? value : [value], scalar, path);
}

function arrayLiteral(values: readonly unknown[], scalar: Scalar, path: string): string {
  return textArray(
    values.map((value, index) => {
      if (value === null) throw unexpectedNull(scalar.name, `${path}[${index}]`);
      return scalarText(value, scalar, `${path}[${index}]`);
    }),
  );
}

function textArray(elements: readonly string[]): string {
  return `{${elements.map((element) => `"${element.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

function scalarText(value: unknown, scalar: Scalar, path: string): string {
  if (scalar.input === 'json') return jsonText(value);
  if (scalar.values) return enumText(value, scalar.name, scalar.values, path);
  if (typeof value === 'string') return value;
  const number = value instanceof ExactNumber ? value.text : typeof value === 'number' ? String(value) : undefined;
  switch (scalar.input) {
    case 'integer':
      if (number === undefined) break;
      return integerText(number, scalar, path);
    case 'number':
    case 'money':
      if (number === undefined) break;
      return number;
    case 'boolean':
      if (typeof value === 'boolean') return String(value);
      break;
    case 'unknown':
      throw parseFailed(path, `A string is expected for type: ${scalar.name}`);
    case 'string':
    case 'enum':
      break;
  }
  const expected = scalar.input === 'string' ? 'String' : scalar.input === 'boolean' ? 'Bool' : 'Number';
  throw parseFailed(path, `parsing ${scalar.decoder} failed, expected ${expected}, but encountered ${jsonKind(value)}`);
}

function enumText(value: unknown, typeName: string, values: EnumValues, path: string): string {
  if (typeof value !== 'string')
    throw validationFailed(path, `expected an enum value for type '${typeName}', but found ${foundValue(value)}`);
  if (values.has(value)) return value;
  const choices = [...values.keys()].map((each) => `'${each}'`).join(', ');
  throw validationFailed(path, `expected one of the values [${choices}] for type '${typeName}', but found '${value}'`);
}

function integerText(digits: string, scalar: Scalar, path: string): string {
  const exact = /^-?\d+$/.test(digits) ? BigInt(digits) : Number.isInteger(Number(digits)) ? BigInt(Number(digits)) : undefined;
  if (exact !== undefined && BigInt.asIntN(scalar.bits, exact) === exact) return exact.toString();
  const hint = 'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';
  throw parseFailed(path, `The value ${scientific(digits)} ${hint}`);
}

/** A number as Haskell's Scientific shows it: `2.147483648e9`, `1.5`. */
function scientific(digits: string): string {
  const [, sign = '', mantissa = '0', exponent = '0'] = /^(-?)([\d.]+)(?:[eE]([+-]?\d+))?$/.exec(digits) ?? [];
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const power = whole.length + Number(exponent) - 1 - (`${whole}${fraction}`.length - all.length);
  const significant = all.replace(/0+$/, '') || '0';
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
