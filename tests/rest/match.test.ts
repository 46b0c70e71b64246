import fc from 'fast-check';
import { GatewayError } from '../../src/errors';
import { ENDPOINTS } from '../../src/rest/endpoints';
import { pathOf, queryOf } from '../../src/request-url';
import { createMatcher } from '../../src/rest/match';

const match = createMatcher(ENDPOINTS);

function found(method: string, path: string): { path: string; params: Record<string, string> } | string {
  const result = match(method, path);
  return result.kind === 'found' ? { path: result.route.path, params: Object.fromEntries(result.params) } : result.kind;
}

test('a word beats a parameter, for the methods that the word has', () => {
  expect(found('GET', '/proxy/dump')).toEqual({ path: '/proxy/dump', params: {} });
  expect(found('DELETE', '/proxy/dump')).toEqual({ path: '/proxy/:proxy_name', params: { proxy_name: 'dump' } });
  expect(found('GET', '/service/dump')).toEqual({ path: '/service/:service_name', params: { service_name: 'dump' } });
  expect(found('GET', '/service/dump/route')).toEqual({ path: '/service/dump/:service_name', params: { service_name: 'route' } });
  expect(found('POST', '/service/copy/secret/x')).toMatchObject({ path: '/service/copy/:service_name_src/:service_name_dst' });
});

test('an empty segment matches in the middle and not at the end', () => {
  expect(found('DELETE', '/service//route/gs_route/filter/x')).toMatchObject({
    path: '/service/:service_name/route/:route_name/filter/:filter_name',
    params: { service_name: '', route_name: 'gs_route', filter_name: 'x' },
  });
  for (const path of ['/proxy/', '/proxy/gw/', '/proxy/dump/', '/proxy/gw/service/', '/', '', '/status/']) {
    expect(found('GET', path)).toBe('none');
  }
});

test('a parameter is decoded, and only that', () => {
  const name = (path: string) => (found('GET', path) as { params: Record<string, string> }).params.proxy_name;
  expect(name('/proxy/a%20b')).toBe('a b');
  expect(name('/proxy/%E2%82%AC')).toBe('€');
  expect(name('/proxy/100%25')).toBe('100%');
  expect(name('/proxy/a+b')).toBe('a+b');
  expect(name('/proxy/c%2Fd')).toBe('c/d');
  expect(name('/proxy/a%20b%2Fc(')).toBe('a b/c(');
});

test.each(['/proxy/%', '/proxy/%zz', '/proxy/%ff', '/proxy/%c3%28'])('the malformed escape in %s is refused', (path) => {
  expect(() => match('GET', path)).toThrow(GatewayError);
});

test('a path matches as a whole and in its own case', () => {
  expect(found('GET', '/Proxy')).toBe('none');
  expect(found('GET', '/proxy/gw/service/a/b')).toBe('none');
  expect(found('GET', '/service/dump/demo/route')).toBe('none');
});

test('another method is told which there are', () => {
  expect(match('PUT', '/proxy')).toEqual({ kind: 'other method', allow: ['OPTIONS', 'GET', 'HEAD', 'POST'] });
  expect(match('GET', '/proxy/gw/globalconfig/gc')).toEqual({ kind: 'other method', allow: ['OPTIONS', 'POST', 'DELETE'] });
  expect(found('HEAD', '/proxy')).toMatchObject({ path: '/proxy' });
});

test('the target may be absolute', () => {
  expect(pathOf('http://localhost:1323/proxy/gw?limit=1')).toBe('/proxy/gw');
  expect(pathOf('/proxy?a=/b?c')).toBe('/proxy');
  expect(pathOf()).toBe('');
  expect(queryOf('http://localhost:1323/proxy?a=/b?c')).toBe('a=/b?c');
  expect(queryOf('/proxy')).toBe('');
});

test('every name that is escaped comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (service, route) => {
        const path = `/service/${encodeURIComponent(service)}/route/${encodeURIComponent(route)}/upstream`;
        expect(found('GET', path)).toEqual({
          path: '/service/:service_name/route/:route_name/upstream',
          params: { service_name: service, route_name: route },
        });
      },
    ),
  );
});
