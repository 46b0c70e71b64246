import type { Checked } from './checked';
import { invalid, valid } from './checked';

/** The largest value of Postgres' `integer`. */
const MAX_INTEGER = 2_147_483_647;

/** A TCP port, 1 to 65535; text is base 10 and may begin with `+` (REST reference 1.5). */
export function checkPort(value: string | number): Checked<number> {
  return checkInteger('port', value, 1, 65_535);
}

/** An upstream's weight, 0 to 1,000,000; 0 gets no traffic. */
export function checkWeight(value: string | number): Checked<number> {
  return checkInteger('weight', value, 0, 1_000_000);
}

/** A number of an upstream's health check (seconds or a count); 0 means the default. `field` is named in the message. */
export function checkHealthCheckNumber(field: string, value: string | number): Checked<number> {
  return checkInteger(field, value, 0, MAX_INTEGER);
}

/** Path or host of a health check; Envoy refuses control characters other than tabs in them, and with them the cluster. */
export function checkHealthCheckText(field: string, text: string): Checked<string> {
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(text)
    ? invalid(`${field} must not hold line breaks or other control characters`)
    : valid(text);
}

function checkInteger(field: string, value: string | number, least: number, most: number): Checked<number> {
  const number = typeof value === 'number' ? value : /^[+-]?\d+$/.test(value) ? Number(value) : NaN;
  if (Number.isInteger(number) && number >= least && number <= most) return valid(number + 0);
  return invalid(`${field} must be a whole number from ${least} to ${most}, but is ${JSON.stringify(value)}`);
}
