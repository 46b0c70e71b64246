import type { RequestError } from '../errors';

/** Who takes the results of a subscription. */
export interface Sink {
  /** It still has so much to send that more is not wanted; `resume` is called when that is over. */
  isBusy(): boolean;
  /** Takes an answer, as JSON text. */
  data(body: string): void;
  /** The last run failed; the subscription goes on. */
  failed(error: RequestError): void;
  /** It cannot be served, for what is wrong with it; this is the end. */
  refused(error: RequestError): void;
}

export interface Subscription {
  /** What was held back while the sink was busy is run anew. */
  resume(): void;
  stop(): void;
}

/** One subscription to the results of a statement for its own values. */
export interface Subscriber {
  readonly sink: Sink;
  /** The parameters as text; those of a stream move on with its cursor. */
  values: readonly (string | null)[];
  /** Equal for equal values: those are run once. */
  key: string;
  /** What was sent last, as a digest. */
  last: string | undefined;
  /** A run succeeded, so that its values are good. */
  isProven: boolean;
  /** Its last run failed, so that it is run apart from the others. */
  isSuspect: boolean;
  /** It missed a run because its sink was busy. */
  isBehind: boolean;
}
