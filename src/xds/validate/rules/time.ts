import type { Test } from '../violation';
import { listTests, rangeTests } from './range';
import type { TimeRules } from './types';

/** A google.protobuf.Duration or Timestamp, decoded. */
export interface Time {
  readonly seconds: bigint;
  readonly nanos: number;
}

const NANOS = 1_000_000_000n;
/** Envoy counts durations in nanoseconds of 64 bits, and leaves room for those beside the seconds. */
const MAX_SECONDS = (2n ** 63n - 1n - 999_999_999n) / NANOS;

/** The tests of validate.DurationRules or TimestampRules on a value that is there. */
export function timeTests(rules: TimeRules): Test<Time>[] {
  return [...rangeTests(rules, seconds), ...listTests(rules, seconds)].map(
    (test): Test<Time> =>
      (value) =>
        test(value.seconds * NANOS + BigInt(value.nanos)),
  );
}

/** Envoy takes no other Duration, whatever the field (`validateDurationUnifiedNoThrow` in its source/common/protobuf/utility.cc). */
export function durationTest({ seconds, nanos }: Time): string | undefined {
  if (seconds < 0n || nanos < 0) return 'duration must not be negative';
  return nanos >= NANOS || seconds > MAX_SECONDS ? 'duration is out of range' : undefined;
}

function seconds(nanoseconds: bigint): string {
  return `${Number(nanoseconds) / 1e9}s`;
}
