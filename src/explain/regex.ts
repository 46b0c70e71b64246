import { createRequire } from 'node:module';
import type * as Re2 from 're2-wasm/build/wasm/re2';

/**
 * RE2 itself, the engine of Envoy: another one would read some patterns otherwise, and some paths could hold it up. Its
 * public class takes JavaScript's patterns and rewrites them, so what lies beneath is used, which takes RE2's own.
 */
type Program = Re2.WrappedRE2Interface & { delete(): void };

let constructor: Re2.WrappedRE2Constructor | undefined;

/** Whether a pattern matches a text as a whole: envoy.type.matcher.v3.RegexMatcher. */
export function matchesWhole(pattern: string, text: string): boolean {
  return withProgram(`^(?:${pattern})$`, `^(?:${pattern}\\E)$`, (program) => program.match(text, 0, false).index === 0);
}

/**
 * Every match of a pattern replaced: envoy.type.matcher.v3.RegexMatchAndSubstitute, RE2::GlobalReplace. `\0` to `\9` in the
 * substitution are the groups of a match, `\\` is a backslash.
 */
export function replaceAll(pattern: string, text: string, substitution: string): string {
  return withProgram(pattern, `${pattern}\\E`, (program) => {
    let made = '';
    let at = 0;
    let last = -1;
    while (at <= text.length) {
      const { index, match, groups } = program.match(text, at, true);
      if (index < 0) break;
      made += text.slice(at, index);
      if (match === '' && index === last) {
        // No empty match right behind the match before.
        made += text.charAt(index);
        at = index + 1;
        continue;
      }
      made += substitution.replace(/\\([\\0-9])/g, (_all, name: string) =>
        name === '\\' ? name : name === '0' ? match : (groups[Number(name) - 1] ?? ''),
      );
      at = last = index + match.length;
    }
    return made + text.slice(at);
  });
}

/** @param ended the same pattern, for one that ends within `\Q` and so takes what is behind it as its own */
function withProgram<T>(pattern: string, ended: string, use: (program: Program) => T): T {
  const program = compile(pattern) ?? compile(ended);
  if (!program) throw new Error(`RE2 refuses the pattern ${pattern}`);
  try {
    return use(program);
  } finally {
    program.delete();
  }
}

function compile(pattern: string): Program | undefined {
  constructor ??= (createRequire(__filename)('re2-wasm/build/wasm/re2') as typeof Re2).WrappedRE2;
  const program = new constructor(pattern, false, false, false) as Program;
  if (program.ok()) return program;
  program.delete();
  return undefined;
}
