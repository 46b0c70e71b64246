import type { OnRateLimitFailure } from './filters/rate-limit';

/** What the operator's settings decide about the resources of one proxy. */
export interface TranslationOptions {
  readonly listenHost: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** The port to which a TLS host's plain requests are redirected. */
  readonly publicHttpsPort: number;
  /** The proxy whose rate limit domains carry no prefix. */
  readonly proxyName: string;
  /** What becomes of requests when the rate limit service does not decide; they pass when it is not given. */
  readonly rateLimitOnFailure?: OnRateLimitFailure;
}
