import type { Duration } from '../../../gen/envoy-api/google/protobuf/duration';

export function seconds(value: number): Duration {
  const whole = Math.trunc(value);
  return { seconds: BigInt(whole), nanos: Math.round((value - whole) * 1e9) };
}
