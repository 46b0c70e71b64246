import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Counter, Gauge } from 'prom-client';
import type { Node } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import type { Logger } from '../../log';
import type { RateLimitConfigs } from '../config';
import { RATE_LIMIT_CONFIG } from '../translate';
import type { Variant } from './protocol';
import { RateLimitSession } from './rate-limit-session';
import { encodeResponse } from './wire';

const services = new Gauge({
  name: 'enroute_ratelimit_services',
  help: 'Rate limit services that are connected and take their limits from here.',
});
const rejections = new Counter({
  name: 'enroute_ratelimit_config_rejected_total',
  help: 'Limits that a rate limit service did not take; it keeps those that it had.',
});

/** A stream on which limits are asked for: it is counted as a rate limit service and not as an Envoy. */
export function openRateLimits(
  call: Pick<ServerDuplexStream<unknown, Buffer>, 'write' | 'getPeer'>,
  variant: Variant,
  node: Node | undefined,
  { rateLimits, log }: { readonly rateLimits: RateLimitConfigs; readonly log: Logger },
): { readonly session: RateLimitSession; readonly close: () => void } {
  const own = log.child({ rateLimitService: node?.id });
  own.info({ peer: call.getPeer(), variant }, 'a rate limit service connected');
  services.inc();
  const session = new RateLimitSession(rateLimits, variant, {
    send: (delivery) => call.write(encodeResponse(variant, RATE_LIMIT_CONFIG, delivery)),
    onAccepted: (version) => own.debug({ version }, 'the rate limit service has the limits'),
    onRejected: (version, reason) => {
      rejections.inc();
      own.error({ version, reason }, 'the rate limit service rejects the limits, and keeps those that it had');
    },
  });
  return {
    session,
    close: () => {
      own.info('a rate limit service disconnected');
      services.dec();
      session.close();
    },
  };
}
