/** A row of the table that the suite prints. */
export interface Row {
  readonly fault: string;
  readonly holds: boolean;
  /** What was measured. */
  readonly measured: string;
  /** What did not hold, for whoever mends it. */
  readonly failures: readonly string[];
}

export interface CaseOptions {
  readonly seed: number;
  /** Says what goes on. */
  readonly tell: (text: string) => void;
}

export function row(fault: string, measured: string, failures: readonly string[]): Row {
  return { fault, holds: failures.length === 0, measured, failures: failures.slice(0, 20) };
}

/** The value below which that part of them lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
