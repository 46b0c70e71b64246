import { credentials } from '@grpc/grpc-js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { pino } from 'pino';
import { AggregatedDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DeltaDiscoveryRequest, DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { DeltaDiscoveryResponse, DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { RateLimitConfig } from '../../../gen/envoy-api/ratelimit/config/ratelimit/v3/rls_conf';
import type { RateLimitDomain } from '../../../src/ratelimit';
import { ConfigStore, RateLimitConfigs, startXdsServer } from '../../../src/xds';
import type { XdsServer } from '../../../src/xds';
import { eventually } from '../../support/eventually';
import { OPTIONS } from './scripted-client';

const typeUrl = 'type.googleapis.com/ratelimit.config.ratelimit.v3.RateLimitConfig';

let rateLimits: RateLimitConfigs;
let server: XdsServer;
let client: AggregatedDiscoveryServiceClient;
let seen: string[];
let lines: Record<string, unknown>[];

beforeEach(async () => {
  rateLimits = new RateLimitConfigs();
  seen = [];
  lines = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const observer = {
    connected: () => void seen.push('connected'),
    moved: () => void seen.push('moved'),
    gone: () => void seen.push('gone'),
  };
  const configs = new ConfigStore(OPTIONS);
  server = await startXdsServer({ host: '127.0.0.1', port: 0, configs, rateLimits, observer, defaultProxy: 'gw', log });
  client = new AggregatedDiscoveryServiceClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
});

afterEach(async () => {
  client.close();
  await server.stop();
});

function domain(name: string, requestsPerUnit: number): RateLimitDomain {
  const limit = { unit: 'hour' as const, requestsPerUnit, unlimited: false };
  return { domain: name, descriptors: [{ key: 'k', value: undefined, limit, descriptors: [] }] };
}

/** What came on a stream, in order. */
function reading<Q, R>(call: ClientDuplexStream<Q, R>) {
  const received: R[] = [];
  call.on('data', (response: R) => void received.push(response));
  call.on('error', () => undefined);
  return { call, received };
}

function stateOfTheWorld(first: Partial<DiscoveryRequest> = {}) {
  const { call, received } = reading<DiscoveryRequest, DiscoveryResponse>(client.streamAggregatedResources());
  // As envoyproxy/ratelimit does, a node without a cluster.
  const node = { id: 'ratelimit' } as NonNullable<DiscoveryRequest['node']>;
  const send = (more: Partial<DiscoveryRequest>) => call.write(DiscoveryRequest.fromPartial({ typeUrl, node, ...more }));
  send(first);
  const answer = (error?: string): void => {
    const { nonce = '', versionInfo = '' } = received.at(-1) ?? {};
    send({
      responseNonce: nonce,
      versionInfo,
      ...(error !== undefined && { errorDetail: { code: 13, message: error, details: [] } }),
    });
  };
  return { received, answer, cancel: () => call.cancel() };
}

const limitsOf = ({ resources }: Pick<DiscoveryResponse, 'resources'>) =>
  Object.fromEntries(
    resources.map(({ typeUrl: type, value }) => {
      expect(type).toBe(typeUrl);
      const { name, domain: own, descriptors } = RateLimitConfig.decode(value);
      expect(name).toBe(own);
      return [name, descriptors[0]?.rateLimit?.requestsPerUnit];
    }),
  );

const pause = () => new Promise((resolve) => setTimeout(resolve, 150));

test('nothing is sent before it is known what there is, then the domains of all proxies, also when there are none', async () => {
  const { received, answer } = stateOfTheWorld();
  await pause();
  expect(received).toEqual([]);
  rateLimits.update([]);
  await eventually(() => expect(received.map(limitsOf)).toEqual([{}]));
  answer();
  rateLimits.update([domain('enroute', 1), domain('edge/enroute', 2)]);
  await eventually(() => expect(received.map(limitsOf)).toEqual([{}, { enroute: 1, 'edge/enroute': 2 }]));
  answer();
  rateLimits.update([domain('enroute', 1)]);
  await eventually(() => expect(received.map(limitsOf).at(-1)).toEqual({ enroute: 1 }));
  answer();
  rateLimits.update([]);
  await eventually(() => expect(received.map(limitsOf).at(-1)).toEqual({}));
});

test('what changes while an answer is awaited is sent at once, in its last state; what does not change is not sent', async () => {
  rateLimits.update([domain('enroute', 1)]);
  const { received, answer } = stateOfTheWorld();
  await eventually(() => expect(received).toHaveLength(1));
  for (let limit = 2; limit <= 50; limit += 1) rateLimits.update([domain('enroute', limit)]);
  await pause();
  expect(received).toHaveLength(1);
  answer();
  await eventually(() => expect(received.map(limitsOf)).toEqual([{ enroute: 1 }, { enroute: 50 }]));
  answer();
  rateLimits.update([domain('enroute', 50)]);
  await pause();
  expect(received).toHaveLength(2);
});

test('what is rejected is said, and sent again only when it is another', async () => {
  rateLimits.update([domain('enroute', 1)]);
  const { received, answer } = stateOfTheWorld();
  await eventually(() => expect(received).toHaveLength(1));
  answer('duplicate descriptor');
  await eventually(() =>
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 50, reason: 'duplicate descriptor', rateLimitService: 'ratelimit' }),
    ),
  );
  await pause();
  expect(received).toHaveLength(1);
  rateLimits.update([domain('enroute', 2)]);
  await eventually(() => expect(received.map(limitsOf).at(-1)).toEqual({ enroute: 2 }));
});

test('a service that comes back, to whatever instance, is sent only what it does not have', async () => {
  rateLimits.update([domain('enroute', 1), domain('other', 2)]);
  const first = stateOfTheWorld();
  await eventually(() => expect(first.received).toHaveLength(1));
  const { versionInfo = '', nonce = '' } = first.received[0] ?? {};
  first.answer();
  first.cancel();
  // Another order is the same.
  rateLimits.update([domain('other', 2), domain('enroute', 1)]);
  const again = stateOfTheWorld({ versionInfo, responseNonce: nonce });
  await pause();
  expect(again.received).toEqual([]);
  rateLimits.update([domain('enroute', 1)]);
  await eventually(() => expect(again.received.map(limitsOf)).toEqual([{ enroute: 1 }]));
});

test('incrementally, only what changed is sent, and what went is named', async () => {
  rateLimits.update([domain('enroute', 1), domain('other', 2)]);
  const { call, received } = reading<DeltaDiscoveryRequest, DeltaDiscoveryResponse>(client.deltaAggregatedResources());
  const send = (more: Partial<DeltaDiscoveryRequest>) => call.write(DeltaDiscoveryRequest.fromPartial({ typeUrl, ...more }));
  const names = () => received.map(({ resources, removedResources }) => [resources.map(({ name }) => name), removedResources]);
  send({});
  await eventually(() => expect(names()).toEqual([[['enroute', 'other'], []]]));
  send({ responseNonce: received.at(-1)?.nonce ?? '' });
  rateLimits.update([domain('enroute', 3)]);
  await eventually(() => expect(names().at(-1)).toEqual([['enroute'], ['other']]));
  call.cancel();
});

test('it is no Envoy: those who watch Envoys are told nothing, and its end is noticed', async () => {
  rateLimits.update([domain('enroute', 1)]);
  const { received, answer, cancel } = stateOfTheWorld();
  await eventually(() => expect(received).toHaveLength(1));
  answer();
  rateLimits.update([domain('enroute', 2)]);
  await eventually(() => expect(received).toHaveLength(2));
  answer('no');
  cancel();
  await eventually(() => expect(lines).toContainEqual(expect.objectContaining({ msg: 'a rate limit service disconnected' })));
  expect(seen).toEqual([]);
});
