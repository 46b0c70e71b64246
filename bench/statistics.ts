import { cpus, loadavg } from 'node:os';

/** The value below which the share `p` (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? NaN;
}

/** The machine, for beside the figures: they mean little without it. */
export function machine(): string {
  const [one = 0, five = 0] = loadavg();
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, load ${one.toFixed(2)} (1 min) ${five.toFixed(2)} (5 min), Node ${process.version}`;
}
