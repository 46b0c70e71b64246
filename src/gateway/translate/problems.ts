import type { Checked } from '../../validation';
import type { ObjectRef, Problem } from '../model';
import { problemInWords } from '../object';

/** Collects what cannot be served, while its siblings are translated on. The same is said once, however often it is met. */
export class Problems {
  readonly list: Problem[] = [];
  readonly #said = new Set<string>();

  add(object: ObjectRef, message: string): undefined {
    const problem = { object, message };
    const words = problemInWords(problem);
    if (!this.#said.has(words)) this.list.push(problem);
    this.#said.add(words);
    return undefined;
  }

  /** The checked value; undefined, and a problem of the object, when there is none. */
  take<T>(object: ObjectRef, checked: Checked<T>): T | undefined {
    return checked.ok ? checked.value : this.add(object, checked.message);
  }
}
