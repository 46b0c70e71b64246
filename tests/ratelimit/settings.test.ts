import { RateLimit } from '../../gen/envoy-api/envoy/extensions/filters/http/ratelimit/v3/rate_limit';
import { bootstrapElsewhere } from '../../src/envoy';
import { readSettings } from '../../src/settings';
import { httpFilters, RATE_LIMIT_FILTER } from '../../src/xds';

test('a service of its own is what Envoys elsewhere dial', () => {
  const addressOf = (environment: NodeJS.ProcessEnv) => {
    const text = JSON.stringify(bootstrapElsewhere(readSettings(environment), 'gw', undefined));
    return /"cluster_name":"enroute_ratelimit".*?"address":"([^"]+)","port_value":(\d+)/.exec(text)?.slice(1).join(' ');
  };
  expect(addressOf({ ADVERTISE_HOST: 'gateway' })).toBe('gateway 8003');
  expect(addressOf({ ADVERTISE_HOST: 'gateway', RATE_LIMIT_SERVICE: 'limits.example:8081' })).toBe('limits.example 8081');
  expect(addressOf({ RATE_LIMIT_SERVICE: '[::1]:8081' })).toBe('::1 8081');
});

test.each([
  [{ RATE_LIMIT_SERVICE: 'limits' }, 'RATE_LIMIT_SERVICE must be a host and a port such as ratelimit:8081, but is "limits"'],
  [
    { RATE_LIMIT_SERVICE: 'limits:99999' },
    'RATE_LIMIT_SERVICE must be a host and a port such as ratelimit:8081, but is "limits:99999"',
  ],
  [{ RATE_LIMIT_ON_FAILURE: 'maybe' }, 'RATE_LIMIT_ON_FAILURE must be allow or deny, but is "maybe"'],
  [
    { REDIS_URL: 'http://:secret@redis' },
    'REDIS_URL must be a URL that begins with redis:// or rediss://, but is something else',
  ],
  [{ REDIS_URL: 'redis://redis', RATE_LIMIT_SERVICE: 'limits:8081' }, /^REDIS_URL is for the built-in rate limit service/],
] as const)('%j is refused, and no password shown', (environment, message) => {
  expect(() => readSettings(environment)).toThrow(message);
});

test('Envoy lets requests pass or answers 503 when no service decides', () => {
  const filterFor = (onFailure?: 'allow' | 'deny') => {
    const filter = httpFilters('enroute', onFailure).find(({ name }) => name === RATE_LIMIT_FILTER);
    return RateLimit.decode(filter?.typedConfig?.value ?? Buffer.alloc(0));
  };
  expect(filterFor()).toMatchObject({ domain: 'enroute', failureModeDeny: false });
  expect(filterFor('deny')).toMatchObject({ failureModeDeny: true, statusOnError: { code: 503 } });
});
