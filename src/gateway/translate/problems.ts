import type { Checked } from '../../validation';
import type { ObjectRef, Problem } from '../model';

/** Collects what cannot be served, while its siblings are translated on. */
export class Problems {
  readonly list: Problem[] = [];

  add(object: ObjectRef, message: string): undefined {
    this.list.push({ object, message });
    return undefined;
  }

  /** The checked value; undefined, and a problem of the object, when there is none. */
  take<T>(object: ObjectRef, checked: Checked<T>): T | undefined {
    return checked.ok ? checked.value : this.add(object, checked.message);
  }
}
