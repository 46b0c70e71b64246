import type { handleUnaryCall } from '@grpc/grpc-js';
import { Server, status } from '@grpc/grpc-js';
import type { RateLimitDescriptor } from '../../gen/envoy-api/envoy/extensions/common/ratelimit/v3/ratelimit';
import type {
  RateLimitRequest,
  RateLimitResponse_DescriptorStatus as DescriptorStatus,
} from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import {
  RateLimitResponse,
  RateLimitResponse_Code as Code,
  RateLimitServiceService,
} from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import type { GrpcAddress } from '../grpc-listen';
import { listenGrpc } from '../grpc-listen';
import type { Logger } from '../log';
import type { Decision, Descriptor, Limiter } from './limiter';
import { unitOfNumber, UNITS } from './units';

/**
 * What a request was told: within the limits, over one of them, what RATE_LIMIT_ON_FAILURE says because it could not be counted,
 * not understood, or that the decision failed.
 */
export type DecisionOutcome = 'ok' | 'over_limit' | 'error' | 'invalid' | 'failed';

export interface RateLimitServerOptions extends GrpcAddress {
  readonly limiter: Limiter;
  /** Told of each request what came of it. */
  readonly decided?: (outcome: DecisionOutcome) => void;
  readonly log: Logger;
}

export interface RateLimitServer {
  readonly port: number;
  /** Answers what was asked, then stops. */
  close(): Promise<void>;
}

/** How long open calls may keep a close waiting. */
const CLOSE_MS = 1_000;

/**
 * Serves `envoy.service.ratelimit.v3.RateLimitService`.
 * @throws StartError when it cannot listen there
 */
export async function startRateLimitServer({
  limiter,
  decided,
  log,
  ...address
}: RateLimitServerOptions): Promise<RateLimitServer> {
  const server = new Server();
  const shouldRateLimit: handleUnaryCall<RateLimitRequest, RateLimitResponse> = (call, callback) => {
    const failed = (error: unknown): void => {
      decided?.(error instanceof RequestError ? 'invalid' : 'failed');
      if (error instanceof RequestError) {
        callback({ code: status.INVALID_ARGUMENT, details: error.message });
        return;
      }
      log.error({ err: error }, 'a rate limit decision failed');
      callback({ code: status.INTERNAL, details: 'the decision failed' });
    };
    const settled = (decisions: readonly Decision[]): void => {
      callback(null, answer(decisions));
      decided?.(outcomeOf(decisions));
    };
    try {
      const decisions = decide(limiter, call.request);
      // A turn of the event loop is not given away where nothing has to be waited for.
      if (decisions instanceof Promise) decisions.then(settled, failed);
      else settled(decisions);
    } catch (error) {
      failed(error);
    }
  };
  server.addService(RateLimitServiceService, { shouldRateLimit });
  return { port: await listenGrpc(server, address, 'RATELIMIT'), close: () => close(server) };
}

class RequestError extends Error {}

function decide(limiter: Limiter, request: RateLimitRequest): ReturnType<Limiter['decide']> {
  if (request.domain === '') throw new RequestError('rate limit domain must not be empty');
  if (request.descriptors.length === 0) throw new RequestError('rate limit descriptor list must not be empty');
  return limiter.decide(request.domain, request.descriptors.map(descriptor), request.hitsAddend);
}

function outcomeOf(decisions: readonly Decision[]): DecisionOutcome {
  if (decisions.some(({ uncounted }) => uncounted)) return 'error';
  return decisions.some(({ overLimit }) => overLimit) ? 'over_limit' : 'ok';
}

function answer(decisions: readonly Decision[]): RateLimitResponse {
  return RateLimitResponse.create({
    overallCode: decisions.some(({ overLimit }) => overLimit) ? Code.OVER_LIMIT : Code.OK,
    statuses: decisions.map(descriptorStatus),
  });
}

function descriptor({ entries, limit }: RateLimitDescriptor, index: number): Descriptor {
  if (!limit) return { entries };
  const unit = unitOfNumber(limit.unit);
  if (!unit) throw new RequestError(`descriptor ${index + 1} brings a limit of unknown unit`);
  return { entries, limit: { unit, requestsPerUnit: limit.requestsPerUnit } };
}

function descriptorStatus({ overLimit, limit, remaining, secondsUntilReset }: Decision): DescriptorStatus {
  return {
    code: overLimit ? Code.OVER_LIMIT : Code.OK,
    currentLimit: limit && { name: '', requestsPerUnit: limit.requestsPerUnit, unit: UNITS[limit.unit].number as number },
    limitRemaining: remaining,
    durationUntilReset: secondsUntilReset === undefined ? undefined : { seconds: BigInt(secondsUntilReset), nanos: 0 },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), CLOSE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
