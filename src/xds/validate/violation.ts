/** One thing in a resource for which Envoy would refuse it. */
export interface Violation {
  /** The field by its names in Envoy's API, e.g. `virtual_hosts[0].routes[2].match`; what is packed in an Any follows the Any's own. */
  readonly path: string;
  /** What is wrong with the field, e.g. `value is required`. */
  readonly message: string;
}

/** A violation on its way up, its path relative to where the walk is. */
export interface Found {
  path: string;
  readonly message: string;
}

/** Adds what is wrong with a value, with paths relative to the value. */
export type Check<T> = (value: T, found: Found[]) => void;

/** What is wrong with a value, or undefined when it is good. */
export type Test<T> = (value: T) => string | undefined;

/**
 * Puts `segment` before the paths of what was found since there were `from` of them. Paths are put together on the way up,
 * so that a good resource costs no text.
 */
export function nest(found: Found[], from: number, segment: string): void {
  for (let index = from; index < found.length; index += 1) {
    const each = found[index] as Found;
    each.path = each.path === '' || each.path.startsWith('[') ? segment + each.path : `${segment}.${each.path}`;
  }
}
