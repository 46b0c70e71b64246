import { GatewayError } from '../errors';
import { parseUrlencoded, valueOf } from './body';

/** Variables of a list: `limit` null is no limit, `after` is a bigint in decimal, `paged` says whether a page was asked for. */
export interface Page {
  readonly limit: number | null;
  readonly after: string;
  readonly paged: boolean;
}

const MAX_LIMIT = 1000;
const SMALLEST_ID = '-9223372036854775808';
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** `?limit=&after=` of a list: at most `limit` rows with an id above `after`. @throws GatewayError */
export function readPage(query: string): Page {
  const entries = parseUrlencoded(query);
  const limit = valueOf(entries, 'limit');
  const after = valueOf(entries, 'after');
  if (limit !== undefined && !(isDigits(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)) {
    throw new GatewayError(
      'invalid_input',
      `limit must be a whole number from 1 to ${MAX_LIMIT}, but is ${JSON.stringify(limit)}`,
    );
  }
  if (after !== undefined && !(isDigits(after) && BigInt(after) <= LARGEST_ID)) {
    throw new GatewayError(
      'invalid_input',
      `after must be the id of the last row of the page before, but is ${JSON.stringify(after)}`,
    );
  }
  return {
    limit: limit === undefined ? null : Number(limit),
    after: after === undefined ? SMALLEST_ID : String(BigInt(after)),
    paged: limit !== undefined || after !== undefined,
  };
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,30}$/.test(value);
}
