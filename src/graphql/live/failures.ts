import type { RequestError } from '../errors';

/** What is wrong with the subscription itself: it would fail whenever it is run. */
export function isFinal({ detail }: RequestError): boolean {
  return detail.sqlState === undefined ? detail.unavailable !== true : /^(22|42|P0)/.test(detail.sqlState);
}

/** What may pass without any change of the data: the database away, out of resources, or too slow just now. */
export function isPassing({ detail }: RequestError): boolean {
  return detail.unavailable === true || /^(40|53|55|57|58|XX)/.test(detail.sqlState ?? '');
}
