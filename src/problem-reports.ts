import { wordsOf } from './gateway';
import type { Problem } from './gateway';
import type { Logger } from './log';

/** Logs each problem once, and again only when it had gone away in between. */
export class ProblemReports {
  readonly #log: Logger;
  #known: ReadonlySet<string> = new Set();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @param problems all that there are now */
  report(problems: readonly Problem[]): void {
    const now = new Set<string>();
    for (const problem of problems) {
      const object = wordsOf(problem.object);
      const key = `${object}\0${problem.message}`;
      if (!this.#known.has(key) && !now.has(key)) this.#log.warn({ object }, problem.message);
      now.add(key);
    }
    this.#known = now;
  }
}
