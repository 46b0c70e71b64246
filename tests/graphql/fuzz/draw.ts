import fc from 'fast-check';

const uniform = (min: number, max: number): fc.Arbitrary<number> => fc.noBias(fc.integer({ min, max }));

/** Choices of one run. fast-check shrinks each of them towards its first or smallest answer, so that comes first everywhere. */
export class Draw {
  constructor(private readonly generate: fc.GeneratorValue) {}

  /** Both ends included. */
  int(min: number, max: number): number {
    return max <= min ? min : this.generate(uniform, min, max);
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.int(0, 99) >= 100 - percent;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  /** An item by weight; those of weight 0 never come. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0);
    let rest = this.int(0, total - 1);
    for (const [weight, item] of choices) {
      if (rest < weight) return item;
      rest -= weight;
    }
    throw new Error('there is nothing to pick from');
  }

  /** Different items in a drawn order: `max` of them at most. */
  some<T>(items: readonly T[], min: number, max: number): T[] {
    const left = [...items];
    const count = Math.min(this.int(min, max), left.length);
    return Array.from({ length: count }, () => left.splice(this.int(0, left.length - 1), 1)).flat();
  }

  times<T>(min: number, max: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.int(min, max) }, (_, index) => make(index));
  }
}

/** What one seed draws, outside of a property. */
export function sample<T>(seed: number, make: (draw: Draw) => T): T {
  const [generate] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (!generate) throw new Error('fast-check drew nothing');
  return make(new Draw(generate));
}
