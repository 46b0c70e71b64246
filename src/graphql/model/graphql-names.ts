/** Whether a text may name a type, a field or an argument; those with two underscores in front are GraphQL's own. */
export function isName(text: string): boolean {
  return /^(?!__)[_A-Za-z][_0-9A-Za-z]*$/.test(text);
}

/** Whether a text may be a value of an enum, as the names of columns and constraints are. */
export function isEnumValue(text: string): boolean {
  return isName(text) && !['true', 'false', 'null'].includes(text);
}

/** The keys of a `T_bool_exp` that are no columns. */
export const FILTER_KEYS: readonly string[] = ['_and', '_not', '_or'];
