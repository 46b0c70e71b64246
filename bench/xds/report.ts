import { loadavg } from 'node:os';
import { percentile } from '../statistics';

/** Prints one figure against its bar. @returns whether the bar is met */
export function figure(
  what: string,
  value: number,
  bar: { readonly most: number } | { readonly least: number },
  unit = 'ms',
): boolean {
  const isMet = 'most' in bar ? value <= bar.most : value >= bar.least;
  const limit = 'most' in bar ? `at most ${bar.most}` : `at least ${bar.least}`;
  console.log(`  ${what.padEnd(64)} ${rounded(value).padStart(8)} ${unit}, bar ${limit}: ${isMet ? 'met' : 'MISSED'}`);
  return isMet;
}

/** Prints a figure that has no bar. */
export function note(what: string, value: number, unit = 'ms'): void {
  console.log(`  ${what.padEnd(64)} ${rounded(value).padStart(8)} ${unit}`);
}

export function spread(what: string, samples: readonly number[]): void {
  const parts = [0.5, 0.9, 0.99, 1].map((p) => `p${p * 100} ${rounded(percentile(samples, p))}`);
  console.log(`  ${what.padEnd(64)} ${parts.join('  ')} ms (${samples.length})`);
}

/** The load of the last minute, for beside the figures. */
export function load(): string {
  return `load ${(loadavg()[0] ?? 0).toFixed(2)}`;
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}
