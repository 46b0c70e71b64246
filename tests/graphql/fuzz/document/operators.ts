import { elementOf, graphqlType, isText } from '../data/types';
import type { TypeName } from '../data/types';
import type { Draw } from '../draw';
import { LIKE_PATTERNS, REGULAR_EXPRESSIONS, SIMILAR_PATTERNS } from '../reference/patterns';
import type { Context } from './context';
import { leaf } from './input';
import type { Input, Shape } from './input';
import { listShape, valueInput, valuesInput } from './values';

const EQUALITY = ['_eq', '_neq'];
const ORDER = ['_gt', '_lt', '_gte', '_lte'];
const LIKE = ['_like', '_nlike', '_ilike', '_nilike'];
const SIMILAR = ['_similar', '_nsimilar'];
const REGEX = ['_regex', '_iregex', '_nregex', '_niregex'];
const CONTAINMENT = ['_contains', '_contained_in'];

/** The operators of a type's `comparison_exp` (contract 3). */
function operatorsOf(type: TypeName): string[] {
  const all = [...EQUALITY, '_is_null', '_in', '_nin', ...ORDER];
  if (isText(type)) return [...all, ...LIKE, ...SIMILAR, ...REGEX];
  if (type === 'jsonb') return [...all, ...CONTAINMENT, '_has_key', '_has_keys_any', '_has_keys_all', '_cast'];
  return elementOf(type) ? [...all, ...CONTAINMENT] : all;
}

/** The fields of a `comparison_exp`: none, one or two operators. */
export function operators(context: Context, type: TypeName): [string, Input][] {
  const { draw } = context;
  const count = draw.weighted([
    [16, 1],
    [3, 2],
    [1, 0],
  ] as const);
  return draw.some(operatorsOf(type), count, count).map((name) => [name, operand(context, type, name)]);
}

function operand(context: Context, type: TypeName, operator: string): Input {
  const { draw } = context;
  if (operator === '_is_null') return context.input('Boolean', () => leaf(draw.chance(50)), { purpose: 'is null' });
  if (operator === '_in' || operator === '_nin') return valuesInput(context, type);
  if (LIKE.includes(operator)) return pattern(context, 'like', LIKE_PATTERNS);
  if (SIMILAR.includes(operator)) return pattern(context, 'similar', Object.keys(SIMILAR_PATTERNS));
  if (REGEX.includes(operator)) return pattern(context, 'regex', Object.keys(REGULAR_EXPRESSIONS));
  if (operator === '_has_key') return context.input('String', () => leaf(keyText(context)), { purpose: 'key' });
  if (operator.startsWith('_has_keys')) return context.input('[String!]', () => keys(context), { purpose: 'keys' });
  if (operator === '_cast') return context.input('jsonb_cast_exp', () => castShape(context));
  return valueInput(context, type);
}

/** Outside of the small domain nothing is matched, and any text will do. */
function pattern(context: Context, purpose: string, patterns: readonly string[]): Input {
  const { draw, domain } = context;
  const make = (): Shape => leaf(context.hasMarks ? domain.value(draw, 'text') : draw.pick(patterns));
  return context.input('String', make, { purpose });
}

/** A key that is there often enough. */
export function keyText({ draw, domain, hasMarks }: { draw: Draw } & Pick<Context, 'domain' | 'hasMarks'>): string {
  return !hasMarks && draw.chance(70) ? draw.pick(['a', 'b', 'ab']) : String(domain.value(draw, 'text') as string);
}

function keys(context: Context): Shape {
  const items = context.draw.times(0, 3, () => context.input('String!', () => leaf(keyText(context)), { purpose: 'key' }));
  return listShape(context, items);
}

function castShape(context: Context): Shape {
  const text = (): Input =>
    context.input(`${graphqlType('text')}_comparison_exp`, () => ({ form: 'object', fields: operators(context, 'text') }));
  return { form: 'object', fields: context.draw.chance(90) ? [['String', text()]] : [] };
}
