import { proxy, route, service, upstream } from '../../support/models';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import { startHttpServer } from '../../support/http-echo';
import type { HttpServer } from '../../support/http-echo';
import type { Service } from '../../../src/gateway';
import type { GatewayUnderTest } from './gateway-under-test';
import { startGatewayUnderTest } from './gateway-under-test';

/** Well-formed, and refused by LuaJIT: it takes 200 local variables in a function. */
const TOO_MANY_LOCALS = Array.from({ length: 201 }, (_, index) => `local v${index} = ${index}`).join('\n');

describe('what a real Envoy rejects', () => {
  let server: HttpServer;
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    server = await startHttpServer({ name: 'up' });
    gateway = await startGatewayUnderTest();
  });
  afterEach(async () => {
    await gateway.stop();
    await server.stop();
  });

  const host = (id: number, fqdn: string, prefix: string, lua?: string): Service =>
    service(id, fqdn, [route(id, prefix, [upstream(id, server.port)])], { filters: { lua, cors: undefined } });
  const status = async (fqdn: string, path: string): Promise<number> =>
    (await ask({ port: gateway.httpPort, headers: { host: fqdn }, path })).status;

  it.each([
    ['scopes', []],
    ['one route configuration', ['*']],
  ])('is held back alone, whatever came with it: %s', async (_, others) => {
    const beside = others.map((fqdn) => host(99, fqdn, '/never'));
    gateway.set(proxy([...beside, host(1, 'a.test', '/old'), host(2, 'b.test', '/old')]));
    await eventually(async () => expect(await status('b.test', '/old')).toBe(200));
    const change = (lua: string | undefined) =>
      proxy([
        ...beside,
        host(1, 'a.test', '/new', lua),
        host(2, 'b.test', '/new'),
        host(3, 'c.test', '/new', lua && `${lua}\nlocal other = 1`),
        host(4, 'd.test', '/new'),
        host(5, 'e.test', '/new'),
      ]);
    gateway.set(change(TOO_MANY_LOCALS));
    for (const fqdn of ['b.test', 'd.test', 'e.test'])
      await eventually(async () => expect(await status(fqdn, '/new')).toBe(200), 10_000);
    expect(await status('a.test', '/old')).toBe(200);
    expect(await status('a.test', '/new')).toBe(404);
    expect(await status('c.test', '/new')).toBe(404);
    const rejections = gateway.logged.filter(({ msg }) => msg.startsWith('a configuration was rejected'));
    expect(rejections.at(-1)?.reason).toContain('local variables');

    // What is known to be rejected is not tried again, and stands in nobody's way.
    gateway.set(change(TOO_MANY_LOCALS));
    gateway.set(proxy([...change(TOO_MANY_LOCALS).services.values(), host(6, 'f.test', '/')]));
    await eventually(async () => expect(await status('f.test', '/')).toBe(200));
    expect(gateway.logged.filter(({ msg }) => msg.startsWith('a configuration was rejected'))).toHaveLength(rejections.length);

    gateway.set(change(undefined));
    for (const fqdn of ['a.test', 'c.test']) await eventually(async () => expect(await status(fqdn, '/new')).toBe(200));
  });

  it('is a cluster: routes to it keep their former ones, others go on', async () => {
    const validation = { caCertificate: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n', subjectName: 'x' };
    const bad = upstream(8, server.port, { transport: 'https', validation });
    gateway.set(proxy([host(1, 'a.test', '/')]));
    await eventually(async () => expect(await status('a.test', '/')).toBe(200));
    gateway.set(proxy([service(1, 'a.test', [route(1, '/', [bad])]), host(2, 'b.test', '/'), host(3, 'c.test', '/')]));
    for (const fqdn of ['b.test', 'c.test']) await eventually(async () => expect(await status(fqdn, '/')).toBe(200));
    expect(await status('a.test', '/')).toBe(200);
    gateway.set(proxy([host(1, 'a.test', '/good'), host(2, 'b.test', '/'), host(3, 'c.test', '/')]));
    await eventually(async () => expect(await status('a.test', '/good')).toBe(200));
  });
});
