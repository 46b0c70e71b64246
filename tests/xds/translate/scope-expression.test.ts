import fc from 'fast-check';
import { coveringWildcard, scopeExpression } from '../../../src/xds/translate';

/**
 * The value of an expression for a request's host. Of CEL it knows what is generated: texts, `? :`, `||`, parentheses and
 * the functions endsWith, contains and matches of request.host.
 */
function evaluate(expression: string, host: string): string | boolean {
  const tokens = expression.match(/'[^']*'|request\.host|\.(?:endsWith|contains|matches)|\|\||[()?:]/g) ?? [];
  if (tokens.join('').length !== expression.replace(/ /g, '').length) throw new Error(`unknown words in ${expression}`);
  let at = 0;
  const take = (token: string) => {
    if (tokens[at] !== token) throw new Error(`${token} expected, not ${tokens[at]}`);
    at += 1;
  };
  const text = () => tokens[at++]!.slice(1, -1);
  function term(): string | boolean {
    if (tokens[at] === '(') {
      take('(');
      const inner = choice();
      take(')');
      return inner;
    }
    if (tokens[at]!.startsWith("'")) return text();
    take('request.host');
    if (!tokens[at]?.startsWith('.')) return host;
    const method = tokens[at++]!;
    take('(');
    const argument = text();
    take(')');
    if (method === '.endsWith') return host.endsWith(argument);
    return method === '.contains' ? host.includes(argument) : new RegExp(argument).test(host);
  }
  function either(): string | boolean {
    let value = term();
    while (tokens[at] === '||') {
      take('||');
      const other = term();
      value = value || other;
    }
    return value;
  }
  function choice(): string | boolean {
    const condition = either();
    if (tokens[at] !== '?') return condition;
    take('?');
    const whenTrue = choice();
    take(':');
    const whenFalse = choice();
    return condition ? whenTrue : whenFalse;
  }
  const value = choice();
  if (at !== tokens.length) throw new Error(`${expression} goes on after its end`);
  return value;
}

const label = fc.constantFrom('a', 'b', 'xa', 'a-b');
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join('.')}.test`);
const port = fc.constantFrom('', ':80', ':8443');

describe('the scope expression', () => {
  it('gives the wildcard that covers the host of a request, else the host, with or without a port', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 7 }), name, port, (suffixes, host, behind) => {
        const wildcards = new Set(suffixes.map((suffix) => `*.${suffix}`));
        const scope = evaluate(scopeExpression(wildcards)!, host + behind);
        expect(scope).toBe(coveringWildcard(host, wildcards) ?? host + behind);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the scope of capitals for a host with capitals, wherever they are', () => {
    for (const host of ['A.test', 'a.Test', 'a.tesT:80']) {
      expect(evaluate(scopeExpression([])!, host)).toBe('A-Z');
      expect(evaluate(scopeExpression(['*.test'])!, host)).toBe('A-Z');
    }
  });

  it('does not depend on the order in which the wildcards came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 6 }), (suffixes) => {
        const wildcards = suffixes.map((suffix) => `*.${suffix}`);
        expect(scopeExpression([...wildcards].reverse())).toBe(scopeExpression(wildcards));
      }),
    );
  });

  it('is not there when it would be longer than Envoy takes', () => {
    const wildcards = (count: number) => Array.from({ length: count }, (_, index) => `*.suffix-${index}.example.test`);
    expect(scopeExpression(wildcards(10))!.length).toBeLessThan(16_000);
    expect(scopeExpression(wildcards(400))).toBeUndefined();
  });
});
