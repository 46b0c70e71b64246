/** The units of a limit: their length in seconds, and their number in Envoy's `RateLimitResponse.RateLimit.Unit`. */
export const UNITS = {
  second: { seconds: 1, number: 1 },
  minute: { seconds: 60, number: 2 },
  hour: { seconds: 3_600, number: 3 },
  day: { seconds: 86_400, number: 4 },
  month: { seconds: 2_592_000, number: 5 },
  year: { seconds: 31_536_000, number: 6 },
  week: { seconds: 604_800, number: 7 },
} as const;

export type Unit = keyof typeof UNITS;

export const UNIT_NAMES = Object.keys(UNITS) as Unit[];

/** The unit of a number on the wire; undefined for UNKNOWN and for numbers of the future. */
export function unitOfNumber(number: number): Unit | undefined {
  return UNIT_NAMES.find((name) => UNITS[name].number === number);
}
