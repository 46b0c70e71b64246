import type { ValueNode } from 'graphql';
import { Kind } from 'graphql';

/** A number of the document or of a JSON body whose digits are kept, because a JavaScript number could not hold them. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

/** A value of which parts may be variables: what a parameter is filled from at each run. */
export type Template =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'variable'; readonly name: string; readonly keys: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Template])[] };

/** The template of a literal: an enum name counts as a string. */
export function literalTemplate(node: ValueNode): Template {
  switch (node.kind) {
    case Kind.VARIABLE:
      return { kind: 'variable', name: node.name.value, keys: [] };
    case Kind.LIST: {
      const items = node.values.map(literalTemplate);
      if (items.every((item) => item.kind === 'constant')) return { kind: 'constant', value: items.map((item) => item.value) };
      return { kind: 'list', items };
    }
    case Kind.OBJECT: {
      const entries = node.fields.map((field) => [field.name.value, literalTemplate(field.value)] as const);
      const constants = entries.flatMap(([key, item]) => (item.kind === 'constant' ? [[key, item.value] as const] : []));
      if (constants.length === entries.length) return { kind: 'constant', value: Object.fromEntries(constants) };
      return { kind: 'object', entries };
    }
    case Kind.NULL:
      return { kind: 'constant', value: null };
    case Kind.INT:
    case Kind.FLOAT:
      return { kind: 'constant', value: numberOf(node.value) };
    case Kind.BOOLEAN:
    case Kind.STRING:
    case Kind.ENUM:
      return { kind: 'constant', value: node.value };
  }
}

/** A JavaScript number where it writes the same digits, else the digits. */
function numberOf(digits: string): number | ExactNumber {
  const value = Number(digits);
  return String(value) === digits ? value : new ExactNumber(digits);
}

/** The value of a template for these variables; a variable that is absent is null. */
export function fill(template: Template, variables: ReadonlyMap<string, unknown>): unknown {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'variable':
      return valueAt(variables.get(template.name) ?? null, template.keys);
    case 'list':
      return template.items.map((item) => fill(item, variables));
    case 'object':
      return Object.fromEntries(template.entries.map(([key, item]) => [key, fill(item, variables)]));
  }
}

/** The part of a JSON value at these keys; null where there is none. */
export function valueAt(value: unknown, keys: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return null;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current ?? null;
}
