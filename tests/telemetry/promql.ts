/** What a PromQL expression reads. */
export interface Reads {
  readonly metrics: readonly string[];
  /** The labels that it selects or groups by. */
  readonly labels: readonly string[];
}

const WORDS = ['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'and', 'or', 'unless', 'offset', 'bool'];

/** Enough of the grammar for dashboards: names that no parenthesis follows and that stand in no braces are metrics. */
export function readsOf(expression: string): Reads {
  const matchers = [...expression.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner = '']) =>
    [...inner.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, name = '']) => name),
  );
  const groups = [...expression.matchAll(/\b(?:by|without)\s*\(([^)]*)\)/g)].flatMap(([, inner = '']) =>
    inner.split(',').map((name) => name.trim()),
  );
  const rest = expression
    .replace(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, ' ')
    .replace(/\b(?:by|without)\s*\([^)]*\)/g, ' ')
    .replace(/[A-Za-z_:][\w:]*\s*\(/g, '(');
  const metrics = [...rest.matchAll(/[A-Za-z_:][\w:]*/g)].map(([name]) => name).filter((name) => !WORDS.includes(name));
  return { metrics, labels: [...matchers, ...groups] };
}
