import { StartError } from '../src/errors';
import { readSettings } from '../src/settings';

const refusal = (environment: NodeJS.ProcessEnv): string => {
  try {
    readSettings(environment);
    return 'accepted';
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
};
const TLS = { XDS_TLS_CERT: '/tls/server/cert.pem', XDS_TLS_KEY: '/tls/server/key.pem', XDS_TLS_CA: '/tls/server/ca.pem' };

test.each(['0.0.0.0', '::', '10.0.0.1', 'gateway.example'])('ADMIN_HOST %s wants a secret, and the refusal says so', (host) => {
  expect(refusal({ ADMIN_HOST: host })).toMatch(/^ADMIN_HOST \S+ lets other machines in.*set ADMIN_SECRET/);
  expect(refusal({ ADMIN_HOST: host, ADMIN_SECRET: '' })).toMatch(/set ADMIN_SECRET/);
  expect(refusal({ ADMIN_HOST: host, ADMIN_SECRET: 's3cret' })).toBe('accepted');
});

test.each([{}, { ADMIN_HOST: '127.0.0.2' }, { ADMIN_HOST: '::1', XDS_HOST: 'localhost' }])(
  'on loopback nothing is wanted: %j',
  (environment) => {
    expect(refusal(environment)).toBe('accepted');
  },
);

test.each(['XDS_HOST', 'RATELIMIT_HOST'])('%s beyond loopback wants certificates, or that it is said to be known', (name) => {
  expect(refusal({ [name]: '0.0.0.0' })).toMatch(new RegExp(`^${name} 0.0.0.0 lets other machines in.*certgen.*XDS_INSECURE=1`));
  expect(refusal({ [name]: '0.0.0.0', XDS_INSECURE: '0' })).toMatch(/XDS_INSECURE=1/);
  expect(refusal({ [name]: '0.0.0.0', XDS_INSECURE: '1' })).toBe('accepted');
  expect(refusal({ [name]: '0.0.0.0', ...TLS })).toBe('accepted');
});

test('where another service counts, RATELIMIT_HOST opens nothing', () => {
  expect(refusal({ RATELIMIT_HOST: '0.0.0.0', RATE_LIMIT_SERVICE: 'limits:8081' })).toBe('accepted');
});

test('pages of every origin are let in only with a secret', () => {
  expect(refusal({ GRAPHQL_CORS: 'https://app.example,*' })).toMatch(/^GRAPHQL_CORS \* .*set ADMIN_SECRET/);
  expect(refusal({ GRAPHQL_CORS: '*', ADMIN_SECRET: 's3cret' })).toBe('accepted');
  expect(refusal({ GRAPHQL_CORS: 'https://app.example' })).toBe('accepted');
});

test('the three files of TLS belong together; those of Envoy lie beside them unless it is said otherwise', () => {
  expect(refusal({ ...TLS, XDS_TLS_CA: '' })).toMatch(/belong together/);
  expect(readSettings(TLS).tls).toEqual({
    server: { certificate: '/tls/server/cert.pem', privateKey: '/tls/server/key.pem', authority: '/tls/server/ca.pem' },
    client: { certificate: '/tls/client/cert.pem', privateKey: '/tls/client/key.pem', authority: '/tls/client/ca.pem' },
  });
  const own = { ENVOY_TLS_CERT: '/envoy/a.pem', ENVOY_TLS_KEY: '/envoy/b.pem', ENVOY_TLS_CA: '/envoy/c.pem' };
  expect(readSettings({ ...TLS, ...own }).tls?.client).toEqual({
    certificate: '/envoy/a.pem',
    privateKey: '/envoy/b.pem',
    authority: '/envoy/c.pem',
  });
  expect(readSettings({}).tls).toBeUndefined();
});

test('a secret that cannot stand in a header is refused, and not repeated', () => {
  const message = refusal({ ADMIN_SECRET: 'geheim nis' });
  expect(message).toMatch(/^ADMIN_SECRET must be of visible ASCII/);
  expect(message).not.toContain('geheim');
});
