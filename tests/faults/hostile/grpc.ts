import { Client, credentials, status } from '@grpc/grpc-js';
import { DeltaDiscoveryRequest, DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { AggregatedDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { RateLimitRequest, RateLimitServiceService } from '../../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import { Node } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import { TYPE_URLS } from '../../../src/xds/translate';
import type { Random } from '../world/random';
import { mangledBytes, value } from './values';

const asIs = (bytes: Buffer): Buffer => bytes;
/** A call without an end of its own is ended after that. */
const STREAM_MS = 150;
const HANG_MS = 5_000;

/** Hostile calls of xDS and of the rate limit service, each with what is wrong with what became of it. */
export class HostileGrpc {
  readonly #xds: Client;
  readonly #rateLimit: Client;

  constructor(ports: { readonly xds: number; readonly rateLimit: number }) {
    this.#xds = new Client(`127.0.0.1:${ports.xds}`, credentials.createInsecure());
    this.#rateLimit = new Client(`127.0.0.1:${ports.rateLimit}`, credentials.createInsecure());
  }

  close(): void {
    this.#xds.close();
    this.#rateLimit.close();
  }

  /** A stream that begins with a request or two that are not right. @returns what is wrong */
  stream(random: Random): Promise<string | undefined> {
    const isDelta = random.chance(0.6);
    const service = AggregatedDiscoveryServiceService;
    const { path } = isDelta ? service.deltaAggregatedResources : service.streamAggregatedResources;
    const messages = Array.from({ length: 1 + random.below(3) }, () => xdsMessage(random, isDelta));
    return new Promise((resolve) => {
      const call = this.#xds.makeBidiStreamRequest(path, asIs, asIs);
      const timer = setTimeout(() => call.cancel(), STREAM_MS);
      call.on('data', () => undefined);
      call.on('error', () => undefined);
      call.on('status', ({ code, details }) => {
        clearTimeout(timer);
        resolve(code === status.UNKNOWN ? `xDS: ${details}` : undefined);
      });
      for (const message of messages) call.write(message);
      if (random.chance(0.5)) call.end();
    });
  }

  /** @returns what is wrong */
  shouldRateLimit(random: Random): Promise<string | undefined> {
    const { path } = RateLimitServiceService.shouldRateLimit;
    const deadline = Date.now() + HANG_MS;
    return new Promise((resolve) => {
      this.#rateLimit.makeUnaryRequest(path, asIs, asIs, rateLimitMessage(random), { deadline }, (error) => {
        const isFault = error?.code === status.UNKNOWN || error?.code === status.DEADLINE_EXCEEDED;
        resolve(isFault ? `rate limits: ${error.message}` : undefined);
      });
    });
  }
}

function xdsMessage(random: Random, isDelta: boolean): Buffer {
  const typeUrl = random.chance(0.85) ? random.of(Object.values(TYPE_URLS)) : value(random);
  const node = random.chance(0.8)
    ? Node.fromPartial({ id: value(random).slice(0, 3_000), cluster: random.chance(0.5) ? 'gw' : value(random) })
    : undefined;
  const names = Array.from({ length: random.below(5) }, () => (random.chance(0.3) ? '*' : value(random)));
  const responseNonce = random.chance(0.3) ? value(random) : '';
  const errorDetail = random.chance(0.1) ? { code: random.below(20), message: value(random), details: [] } : undefined;
  const common = { typeUrl, node, responseNonce, errorDetail };
  const bytes = isDelta
    ? DeltaDiscoveryRequest.encode(
        DeltaDiscoveryRequest.fromPartial({
          ...common,
          resourceNamesSubscribe: names,
          resourceNamesUnsubscribe: names.slice(1),
          initialResourceVersions: random.chance(0.3) ? { [value(random)]: value(random) } : {},
        }),
      ).finish()
    : DiscoveryRequest.encode(
        DiscoveryRequest.fromPartial({ ...common, resourceNames: names, versionInfo: value(random) }),
      ).finish();
  return random.chance(0.4) ? mangledBytes(random, Buffer.from(bytes)) : Buffer.from(bytes);
}

function rateLimitMessage(random: Random): Buffer {
  const bytes = RateLimitRequest.encode(
    RateLimitRequest.fromPartial({
      domain: random.chance(0.5) ? 'enroute' : value(random),
      hitsAddend: random.chance(0.5) ? random.below(2 ** 32) : 0,
      descriptors: Array.from({ length: random.below(6) }, () => ({
        entries: Array.from({ length: random.below(4) }, () => ({ key: value(random), value: value(random) })),
      })),
    }),
  ).finish();
  return random.chance(0.4) ? mangledBytes(random, Buffer.from(bytes)) : Buffer.from(bytes);
}
