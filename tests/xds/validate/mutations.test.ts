import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { TYPE_URLS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';
import { violations } from '../../../src/xds/validate';
import { envoyDescriptors } from '../../../src/xds/validate/descriptors';
import { selfSigned } from '../../support/certificates';
import type { AskedEnvoy } from './asked-envoy';
import { startAskedEnvoy } from './asked-envoy';
import { Mutator, seededRandom } from './mutate';
import { cluster, endpoints, route, standing } from './resources';

const MUTATIONS = 600;
const SECOND = { seconds: 1n };

/** No listener is among them: Envoy 1.40 ends over some that it ought to refuse. */
const SEEDS: readonly (readonly [ResourceKind, Uint8Array])[] = [
  ['route', route({ typedPerFilterConfig: {}, responseHeadersToAdd: [{ header: { key: 'k', value: 'v' } }] })],
  [
    'cluster',
    cluster({
      healthChecks: [
        { timeout: SECOND, interval: SECOND, unhealthyThreshold: 1, healthyThreshold: 1, httpHealthCheck: { path: '/' } },
      ],
      circuitBreakers: { thresholds: [{}] },
      outlierDetection: {},
      commonLbConfig: {},
    }),
  ],
  [
    'endpoint',
    endpoints({
      endpoints: [{ lbEndpoints: [{ endpoint: { address: { socketAddress: { address: '127.0.0.1', portValue: 1 } } } }] }],
    }),
  ],
];

/** Left as they are: what makes Envoy wait for something else before it answers, and an address that Envoy 1.40 ends over. */
const LEFT_ALONE: readonly string[] = [
  ...['envoy.config.route.v3.RouteConfiguration.name', 'envoy.config.endpoint.v3.ClusterLoadAssignment.cluster_name'],
  ...['name', 'type', 'cluster_type', 'eds_cluster_config', 'load_assignment', 'load_balancing_policy'].map(
    (field) => `envoy.config.cluster.v3.Cluster.${field}`,
  ),
  'envoy.config.endpoint.v3.Endpoint.HealthCheckConfig.address',
];
/** Fields whose rules differ between the release that the API is of and Envoy's. */
const OF_ANOTHER_RELEASE = ['runtime_key'];
/** What Envoy says when a rule of its API is broken, and when a duration is. */
const BY_RULE = /Proto constraint validation failed|Invalid duration/;

describe('resources that are changed at random', () => {
  let envoy: AskedEnvoy;

  beforeAll(async () => {
    envoy = await startAskedEnvoy(standing(selfSigned('a.test')));
  });

  afterAll(() => envoy.stop());

  it.each(SEEDS)('are refused by rule by a real Envoy and by the check alike: %s', async (kind, seed) => {
    const registry = envoyDescriptors();
    const type = registry.getMessage(TYPE_URLS[kind].split('/')[1]!) as DescMessage;
    const mayChange = (field: DescField): boolean => !LEFT_ALONE.includes(`${field.parent.typeName}.${field.name}`);
    const mutator = new Mutator(registry, seededRandom(1), mayChange);
    const verdicts = { refused: 0, accepted: 0 };
    for (let count = 0; count < MUTATIONS; count += 1) {
      const bytes = mutator.mutate(type, seed);
      const found = violations(TYPE_URLS[kind], bytes);
      const reason = await envoy.refusal(kind, bytes);
      const mutation = Buffer.from(bytes).toString('base64');
      if (OF_ANOTHER_RELEASE.some((name) => JSON.stringify([found, reason]).includes(name))) continue;
      if (found.length > 0) expect({ mutation, found, reason }).toEqual({ mutation, found, reason: expect.any(String) });
      if (reason !== undefined && BY_RULE.test(reason))
        expect({ mutation, reason, found }).not.toEqual({ mutation, reason, found: [] });
      verdicts[found.length > 0 ? 'refused' : 'accepted'] += 1;
    }
    expect(Math.min(verdicts.refused, verdicts.accepted)).toBeGreaterThan(MUTATIONS / 10);
  });
});
