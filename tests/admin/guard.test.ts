import { GatewayError } from '../../src/errors';
import { refuseForeignPages } from '../../src/admin/guard';
import { isLoopback } from '../../src/loopback';

test.each([
  ['no header at all', {}],
  ['curl', { host: 'localhost:1323' }],
  ['a loopback address', { host: '127.0.0.2:1323' }],
  ['IPv6', { host: '[::1]:1323' }],
  ['a page of our own', { host: 'localhost:1323', origin: 'http://localhost:1323', 'sec-fetch-site': 'same-origin' }],
  ['an address typed by hand', { host: 'localhost', 'sec-fetch-site': 'none' }],
  ['a page of our own behind TLS', { host: 'localhost', origin: 'https://LOCALHOST:443' }],
])('%s passes', (_name, headers) => {
  expect(() => refuseForeignPages(headers, true)).not.toThrow();
});

test.each([
  ['a page elsewhere', { host: 'localhost:1323', origin: 'https://evil.example' }],
  ['a page of another port', { host: 'localhost:1323', origin: 'http://localhost:3000' }],
  ['a sandboxed page', { host: 'localhost:1323', origin: 'null' }],
  ['an origin without a host', { origin: 'http://localhost' }],
  ['an origin that is none', { host: 'localhost', origin: 'localhost' }],
  ['a request without an origin of another site', { host: 'localhost:1323', 'sec-fetch-site': 'cross-site' }],
  ['a name that was rebound', { host: 'evil.example:1323' }],
  ['a name that begins like ours', { host: '127.0.0.1.evil.example' }],
  ['a Host that is none', { host: 'local host' }],
])('%s is refused', (_name, headers) => {
  expect(() => refuseForeignPages(headers, true)).toThrow(expect.objectContaining({ code: 'forbidden_origin' }) as GatewayError);
});

test('any Host is served on an address that others reach, and their pages are not', () => {
  expect(() => refuseForeignPages({ host: 'gateway.example' }, false)).not.toThrow();
  expect(() => refuseForeignPages({ host: 'gateway.example', origin: 'https://evil.example' }, false)).toThrow(GatewayError);
});

test('what is loopback', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'].filter((host) => !isLoopback(host))).toEqual([]);
  expect(['0.0.0.0', '::', '10.0.0.1', 'localhost.evil.example', '128.0.0.1'].filter(isLoopback)).toEqual([]);
});
