import type { ServiceError } from '@grpc/grpc-js';
import { credentials } from '@grpc/grpc-js';
import type { RateLimitResponse } from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import {
  RateLimitRequest,
  RateLimitResponse_Code as Code,
  RateLimitServiceClient,
} from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import { createLogger } from '../../src/log';
import { createLimiter, createRedisLimiter, startRateLimitServer } from '../../src/ratelimit';
import type { Limiter, RateLimitDomain } from '../../src/ratelimit';
import { ConfigStore, RateLimitConfigs, startXdsServer } from '../../src/xds';
import { eventually } from '../support/eventually';
import { OfficialService } from '../support/ratelimit-service';
import { RedisServer } from '../support/redis';

export const SERVICES = ['memory', 'Redis', 'envoyproxy/ratelimit'] as const;

const log = createLogger('silent');

/** What a rate limit service of either kind is to a test: gRPC, and a way to give it limits. */
export class ServiceUnderTest {
  readonly #client: RateLimitServiceClient;
  #configured = 0;

  private constructor(
    readonly port: number,
    private readonly give: (domains: readonly RateLimitDomain[]) => void,
    private readonly end: () => Promise<void>,
  ) {
    this.#client = new RateLimitServiceClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(kind: (typeof SERVICES)[number]): Promise<ServiceUnderTest> {
    if (kind === 'memory') return builtIn(createLimiter({ now: Date.now, log }), () => Promise.resolve());
    const redis = await RedisServer.start();
    if (kind === 'envoyproxy/ratelimit') return ServiceUnderTest.official(redis);
    const limiter = createRedisLimiter({ url: redis.url, onFailure: 'allow', log });
    await limiter.tried;
    return builtIn(limiter, async () => {
      limiter.close();
      await redis.dispose();
    });
  }

  private static async official(redis: RedisServer): Promise<ServiceUnderTest> {
    const listen = { listenHost: '127.0.0.1', httpPort: 1, httpsPort: 2, publicHttpsPort: 2, proxyName: 'gw' };
    const rateLimits = new RateLimitConfigs();
    const configs = new ConfigStore(listen);
    const xds = await startXdsServer({ host: '127.0.0.1', port: 0, configs, rateLimits, defaultProxy: 'gw', log });
    rateLimits.update([]);
    const service = await OfficialService.start({ xdsPort: xds.port, redisPort: redis.port });
    return new ServiceUnderTest(
      service.port,
      (domains) => rateLimits.update(domains),
      async () => {
        await service.stop();
        await xds.stop();
        await redis.dispose();
      },
    );
  }

  static of(port: number, give: (domains: readonly RateLimitDomain[]) => void, end: () => Promise<void>): ServiceUnderTest {
    return new ServiceUnderTest(port, give, end);
  }

  /** Resolves when the service decides by these. @returns how long it took, in milliseconds */
  async configure(domains: readonly RateLimitDomain[]): Promise<number> {
    this.#configured += 1;
    // A limit of nothing, under a name that was never there.
    const mark = `configuration ${this.#configured}`;
    const limit = { unit: 'hour' as const, requestsPerUnit: 0, unlimited: false };
    const started = performance.now();
    this.give([...domains, { domain: mark, descriptors: [{ key: 'mark', value: undefined, limit, descriptors: [] }] }]);
    await eventually(async () => {
      const { overallCode } = await this.ask({ domain: mark, descriptors: [{ entries: [{ key: 'mark', value: 'x' }] }] });
      if (overallCode !== Code.OVER_LIMIT) throw new Error(`${mark} has no effect`);
    });
    return performance.now() - started;
  }

  ask(request: Partial<RateLimitRequest>): Promise<RateLimitResponse> {
    return new Promise((resolve, reject) => {
      this.#client.shouldRateLimit(RateLimitRequest.fromPartial(request), (error: ServiceError | null, response) => {
        if (error) reject(error);
        else resolve(response);
      });
    });
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.end();
  }
}

async function builtIn(limiter: Limiter, end: () => Promise<void>): Promise<ServiceUnderTest> {
  const server = await startRateLimitServer({ host: '127.0.0.1', port: 0, limiter, log });
  return ServiceUnderTest.of(
    server.port,
    (domains) => limiter.configure(domains),
    async () => {
      await server.close();
      await end();
    },
  );
}
