const FIRST_MS = 100;
const LONGEST_MS = 10_000;
const STEADY_MS = 10_000;

/** How long to wait before the next start, after a wait of `previousMs` and a run of `ranMs`: doubling, until a run was steady. */
export function nextDelay(previousMs: number, ranMs: number): number {
  return ranMs >= STEADY_MS || previousMs === 0 ? FIRST_MS : Math.min(previousMs * 2, LONGEST_MS);
}
