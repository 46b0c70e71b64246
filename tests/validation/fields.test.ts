import fc from 'fast-check';
import {
  checkFqdn,
  checkHealthCheckNumber,
  checkHealthCheckText,
  checkPort,
  checkProtocol,
  checkStrategy,
  checkUpstreamAddress,
  checkWeight,
} from '../../src/validation';

test.each([
  ['1', 1],
  ['65535', 65_535],
  ['+80', 80],
  ['0080', 80],
  [443, 443],
] as const)('port %j is %j', (given, port) => {
  expect(checkPort(given)).toEqual({ ok: true, value: port });
});

test.each(['0', '65536', '-1', '', ' 80', '8o', '80.0', '1e3', '0x50', 0, 80.5, NaN, '99999999999999999999'])(
  'port %j is refused',
  (given) => {
    expect(checkPort(given)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^port must be a whole number from 1 to 65535/) as string,
    });
  },
);

test('weights go from 0 to 1,000,000, numbers of a health check from 0', () => {
  expect(checkWeight('0')).toEqual({ ok: true, value: 0 });
  expect(checkWeight('1000000').ok).toBe(true);
  expect(checkWeight('1000001').ok).toBe(false);
  expect(checkWeight(-1)).toEqual({ ok: false, message: 'weight must be a whole number from 0 to 1000000, but is -1' });
  expect(checkHealthCheckNumber('upstream_hc_intervalseconds', '5')).toEqual({ ok: true, value: 5 });
  expect(checkHealthCheckNumber('upstream_hc_intervalseconds', 'x')).toEqual({
    ok: false,
    message: 'upstream_hc_intervalseconds must be a whole number from 0 to 2147483647, but is "x"',
  });
});

test.each(['', '/', 'a\tb', 'é 😀', '~'])('the text %j may stand in a health check', (text) => {
  expect(checkHealthCheckText('upstream_hc_path', text)).toEqual({ ok: true, value: text });
});

test.each(['\0', 'a\n', '\r', '\x01', '\x1f', '\x7f'])('the text %j may not stand in a health check', (text) => {
  expect(checkHealthCheckText('upstream_hc_host', text)).toEqual({
    ok: false,
    message: 'upstream_hc_host must not hold line breaks or other control characters',
  });
});

test.each([
  ['enroute.local', 'enroute.local'],
  ['Enroute.LOCAL', 'enroute.local'],
  ['withport.test:8080', 'withport.test'],
  ['dotted.test.', 'dotted.test'],
  ['localhost', 'localhost'],
  ['my_service', 'my_service'],
  ['127.0.0.1', '127.0.0.1'],
  ['127.0.0.1:80', '127.0.0.1'],
  ['::1', '[::1]'],
  ['[2001:DB8::1]:443', '[2001:db8::1]'],
  ['*', '*'],
  ['*:8080', '*'],
  ['*.wild.test', '*.wild.test'],
  ['*.Wild.test:80', '*.wild.test'],
  ['bücher.example', 'xn--bcher-kva.example'],
])('fqdn %j is the host %j', (fqdn, host) => {
  expect(checkFqdn(fqdn)).toEqual({ ok: true, value: { host } });
});

test.each([
  ...[
    '',
    ' ',
    'a b',
    'http://a.test',
    'a.test/path',
    'a..test',
    '.test',
    '-a.test',
    'a-.test',
    '*.',
    '**',
    'a.*',
    '*a.test',
    'a.*.test',
  ],
  ...[
    '999.1.1.1',
    '1.2.3',
    'a.test:0',
    'a.test:65536',
    'a.test:http',
    '[::1',
    'fe80::1%eth0',
    `${'a'.repeat(64)}.test`,
    'a.'.repeat(130),
  ],
])('fqdn %j is refused', (fqdn) => {
  expect(checkFqdn(fqdn)).toMatchObject({ ok: false, message: expect.stringMatching(/^fqdn /) as string });
});

test('a host is its own fqdn: normalising twice changes nothing', () => {
  const fqdn = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6(),
    fc.domain().map((name) => `*.${name}`),
    fc.string(),
  );
  fc.assert(
    fc.property(fqdn, fc.boolean(), (text, upper) => {
      const checked = checkFqdn(upper ? text.toUpperCase() : text);
      if (!checked.ok) return;
      expect(checkFqdn(checked.value.host)).toEqual(checked);
      expect(checked.value.host).toBe(checked.value.host.toLowerCase());
      expect(checked.value.host).toMatch(/^(\*|\[[0-9a-f:.]+\]|(\*\.)?[a-z0-9_.-]+)$/);
    }),
    { numRuns: 1000 },
  );
});

test('every domain name and IP address is a host, with a port or without', () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.ipV4()), fc.integer({ min: 1, max: 65_535 }), (name, port) => {
      expect(checkFqdn(`${name}:${port}`)).toEqual({ ok: true, value: { host: name.toLowerCase() } });
    }),
  );
});

test.each([
  ['127.0.0.1', '127.0.0.1', true],
  ['::1', '::1', true],
  ['[::1]', '::1', true],
  ['example.test', 'example.test', false],
  ['grpc-server', 'grpc-server', false],
])('upstream address %j', (text, address, isIp) => {
  expect(checkUpstreamAddress(text)).toEqual({ ok: true, value: { address, isIp } });
});

test('an upstream address takes no port, and says so', () => {
  expect(checkUpstreamAddress('petstore.swagger.io:80')).toEqual({
    ok: false,
    message: 'address "petstore.swagger.io:80" is not an IP address or a DNS name: the port has a field of its own',
  });
  expect(checkUpstreamAddress('256.1.1.1').ok).toBe(false);
  expect(checkUpstreamAddress('').ok).toBe(false);
});

test('protocols are exact, an unknown strategy is RoundRobin', () => {
  for (const protocol of ['', 'http', 'https', 'tls', 'h2', 'h2c', 'grpc', 'grpcs']) {
    expect(checkProtocol(protocol)).toEqual({ ok: true, value: protocol });
  }
  expect(checkProtocol('GRPC')).toMatchObject({ ok: false });
  expect(checkStrategy('Random')).toEqual({ ok: true, value: 'Random' });
  expect(checkStrategy('Maglev')).toEqual({ ok: true, value: 'RoundRobin' });
});
