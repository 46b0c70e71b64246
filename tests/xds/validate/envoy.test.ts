import { violations } from '../../../src/xds/validate';
import { seconds } from '../../../src/xds/translate/duration';
import { TYPE_URLS } from '../../../src/xds/translate';
import { selfSigned } from '../../support/certificates';
import type { AskedEnvoy } from './asked-envoy';
import { startAskedEnvoy } from './asked-envoy';
import { OTHER_REFUSALS } from './other-refusals';
import { manager, standing } from './resources';
import { ruleRefusals } from './rule-refusals';

const pair = selfSigned('a.test');

describe('a real Envoy over ADS', () => {
  let envoy: AskedEnvoy;

  beforeAll(async () => {
    envoy = await startAskedEnvoy(standing(pair));
  });

  afterAll(() => envoy.stop());

  it.each([...ruleRefusals(pair), ...OTHER_REFUSALS])(
    'refuses what the check refuses, and takes its twin: $what',
    async ({ kind, path, bad, good }) => {
      expect(violations(TYPE_URLS[kind], bad).map((violation) => violation.path)).toEqual([path]);
      expect(await envoy.refusal(kind, bad)).toEqual(expect.any(String));
      expect(violations(TYPE_URLS[kind], good)).toEqual([]);
      expect(await envoy.refusal(kind, good)).toBeUndefined();
    },
  );

  // The API as it is generated is of another release than Envoy: its two QUIC intervals have `lte: 0s, gte: 1s`.
  it('takes one thing that the check refuses: a QUIC interval between 0 and 1 s, which nothing here sets', async () => {
    const keepalive = (maxInterval: object): Uint8Array =>
      manager({ http3ProtocolOptions: { quicProtocolOptions: { connectionKeepalive: { maxInterval } } } });
    expect(violations(TYPE_URLS.listener, keepalive(seconds(0)))).toEqual([]);
    expect(violations(TYPE_URLS.listener, keepalive(seconds(0.5)))).toHaveLength(1);
    expect(await envoy.refusal('listener', keepalive(seconds(0.5)))).toBeUndefined();
  });
});
