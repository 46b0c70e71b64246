import type { HeaderMatch } from '../../../src/gateway';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('matches on a real Envoy', () => {
  let gateway: GatewayUnderTest;
  let yes: HttpServer;
  let no: HttpServer;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    [yes, no] = await Promise.all([startHttpServer({ name: 'yes' }), startHttpServer({ name: 'no' })]);
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all([yes.stop(), no.stop()]);
  });

  async function server(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<string> {
    const { status, body } = await ask({ port: gateway.httpPort, path, method, headers: { host: 'a.test', ...headers } });
    return status === 200 ? (JSON.parse(body) as HttpEcho).server : String(status);
  }

  const matched = (id: number, prefix: string, ...headers: HeaderMatch[]) =>
    route(id, prefix, [upstream(1, yes.port)], { match: { path: { kind: 'prefix', value: prefix }, headers } });

  it('heeds all five tests of a header, the denying ones for an absent header too', async () => {
    gateway.set(
      proxy([
        service(1, 'a.test', [
          matched(1, '/exact', { name: 'x', test: 'exact', value: '1' }),
          matched(2, '/notexact', { name: 'x', test: 'notexact', value: '1' }),
          matched(3, '/contains', { name: 'x', test: 'contains', value: '.*' }),
          matched(4, '/notcontains', { name: 'x', test: 'notcontains', value: 'bad' }),
          matched(5, '/present', { name: 'x', test: 'present', value: '' }),
          matched(6, '/post', { name: ':method', test: 'exact', value: 'POST' }),
          route(7, '/', [upstream(2, no.port)]),
        ]),
      ]),
    );
    await eventually(async () => expect(await server('/')).toBe('no'));
    const table: [string, string | undefined, string][] = [
      ['/exact', '1', 'yes'],
      ['/exact', '12', 'no'],
      ['/exact', undefined, 'no'],
      ['/notexact', '1', 'no'],
      ['/notexact', '2', 'yes'],
      ['/notexact', undefined, 'yes'],
      ['/contains', 'a.*b', 'yes'],
      ['/contains', 'abc', 'no'],
      ['/contains', undefined, 'no'],
      ['/notcontains', 'so bad', 'no'],
      ['/notcontains', 'good', 'yes'],
      ['/notcontains', undefined, 'yes'],
      ['/present', '', 'yes'],
      ['/present', undefined, 'no'],
    ];
    for (const [path, value, expected] of table) {
      expect([path, value, await server(path, value === undefined ? {} : { x: value })]).toEqual([path, value, expected]);
    }
    expect([await server('/post', {}, 'POST'), await server('/post')]).toEqual(['yes', 'no']);
  });

  it('tries regular expressions on the whole path, longer prefixes first, and conditions before none', async () => {
    gateway.set(
      proxy([
        service(1, 'a.test', [
          route(1, '/', [upstream(2, no.port)]),
          route(2, '/', [upstream(1, yes.port)], { match: { path: { kind: 'regex', value: '/pets/[0-9]+' }, headers: [] } }),
          route(3, '/deep/er', [upstream(1, yes.port)]),
          route(4, '/deep', [upstream(2, no.port)]),
          route(5, '/same', [upstream(2, no.port)]),
          matched(6, '/same', { name: 'x', test: 'present', value: '' }),
        ]),
      ]),
    );
    await eventually(async () => expect(await server('/pets/12')).toBe('yes'));
    expect(await server('/pets/12/toys')).toBe('no');
    expect([await server('/deep/er/x'), await server('/deep/x')]).toEqual(['yes', 'no']);
    expect([await server('/same', { x: '1' }), await server('/same')]).toEqual(['yes', 'no']);
    expect(await server('/pets/x')).toBe('no');
  });
  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
