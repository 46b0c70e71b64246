const STEP = /^\.?(?:\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]|([^.[\]]+))/s;

/** The steps of the argument `path` of a jsonb column: `$.a[0]['b']`, `$` and `$.` may be left out (contract 2). */
export function parsePath(text: string): string[] {
  const steps: string[] = [];
  let rest = text.replace(/^\$/, '');
  while (rest !== '') {
    const found = STEP.exec(rest);
    if (!found) throw new Error(`${text} is no path`);
    const [whole, index, double, single, name] = found;
    const quoted = double ?? single;
    steps.push(index ?? (quoted === undefined ? (name ?? '') : quoted.replaceAll(/\\(.)/gs, '$1')));
    rest = rest.slice(whole.length);
  }
  return steps;
}
