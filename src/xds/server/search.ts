/** What was changed by a response: a resource, or one host of a route configuration. */
export interface Part {
  /** The resource's name. */
  readonly name: string;
  readonly host?: string;
  /** The version of the resource or of the host's routes. */
  readonly content: string;
}

/**
 * Finds by halves which of the parts of a rejected response were the reason: some are sent alone, and accepted, or rejected
 * and halved again, until each that is rejected stands alone.
 */
export class Search {
  readonly #groups: (readonly Part[])[];

  /** @param parts two or more, one of which at least was rejected */
  constructor(parts: readonly Part[]) {
    this.#groups = halves(parts);
  }

  get isOver(): boolean {
    return this.#groups.length === 0;
  }

  /** Whether this content is among what is tried now. */
  tries(content: string): boolean {
    return this.#groups[0]?.some((part) => part.content === content) ?? false;
  }

  /** What was tried was accepted, or is not there any more. */
  passed(): void {
    this.#groups.shift();
  }

  /** What was tried was rejected. @returns the part that it is, when it stood alone */
  failed(): Part | undefined {
    const group = this.#groups.shift() ?? [];
    if (group.length === 1) return group[0];
    this.#groups.unshift(...halves(group));
    return undefined;
  }
}

function halves(parts: readonly Part[]): (readonly Part[])[] {
  const middle = Math.ceil(parts.length / 2);
  return [parts.slice(0, middle), parts.slice(middle)].filter((half) => half.length > 0);
}
