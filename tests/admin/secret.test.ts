import type { GatewayError } from '../../src/errors';
import { callerOf } from '../../src/admin/secret';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([{ authorization: 'Bearer s3cret' }, { authorization: 'bearer  s3cret' }, { 'x-hasura-admin-secret': 's3cret' }])(
  'the secret is taken from %j',
  (headers) => {
    expect(callerOf(headers, 's3cret')).toBe('admin');
    expect(callerOf({ ...headers, 'x-hasura-role': 'viewer' }, 's3cret')).toBe('viewer');
  },
);

test.each([
  {},
  { authorization: 's3cret' },
  { authorization: 'Basic s3cret' },
  { authorization: basic('admin:s3cret') },
  { authorization: 'Bearer ' },
  { authorization: 'Bearer s3cret2' },
  { 'x-hasura-admin-secret': '' },
  { 'x-hasura-admin-secret': 's3cret, s3cret' },
  { 'x-hasura-role': 'viewer' },
])('no secret is in %j', (headers) => {
  expect(() => callerOf(headers, 's3cret')).toThrow(expect.objectContaining({ code: 'unauthorized' }) as GatewayError);
});

test('a page takes the secret as the password of Basic, which is all that a browser can be asked for', () => {
  expect(callerOf({ authorization: basic('anybody:s3:cret') }, 's3:cret', 'page')).toBe('admin');
  for (const text of ['anybody:wrong', 's3:cret:', 's3cret'])
    expect(() => callerOf({ authorization: basic(text) }, 's3:cret', 'page')).toThrow('the admin secret is missing or wrong');
});

test('without a secret everybody is the administrator who does not say otherwise', () => {
  expect([callerOf({}, undefined), callerOf({ 'x-hasura-role': 'viewer' }, undefined)]).toEqual(['admin', 'viewer']);
});

test.each(['', 'user', 'Viewer', 'viewer, admin', '__proto__'])('the role %j may see nothing', (role) => {
  expect(() => callerOf({ 'x-hasura-role': role, authorization: 'Bearer s3cret' }, 's3cret')).toThrow(
    expect.objectContaining({ code: 'forbidden', status: 403 }) as GatewayError,
  );
});
