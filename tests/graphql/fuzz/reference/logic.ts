/** SQL's truth: null is unknown. */
export type Truth = boolean | null;

export function and(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

export function or(parts: readonly Truth[]): Truth {
  if (parts.includes(true)) return true;
  return parts.includes(null) ? null : false;
}

export function not(part: Truth): Truth {
  return part === null ? null : !part;
}
