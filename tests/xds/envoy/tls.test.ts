import { connect } from 'node:http2';
import type { TlsPair } from '../../../src/gateway';
import { selfSigned } from '../../support/certificates';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import type { Answer } from '../../support/http-client';
import type { HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('TLS on a real Envoy', () => {
  let gateway: GatewayUnderTest;
  let server: HttpServer;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    server = await startHttpServer({ name: 'server' });
  });

  afterAll(async () => {
    await gateway.stop();
    await server.stop();
  });

  const tlsHost = (id: number, host: string, pair: TlsPair | undefined) =>
    service(id, host, [route(id, '/', [upstream(1, server.port)])], { tls: { secretId: id, secretName: `s${id}`, pair } });
  const secure = (host: string): Promise<Answer> => ask({ port: gateway.httpsPort, serverName: host, headers: { host } });
  const plain = (host: string): Promise<Answer> => ask({ port: gateway.httpPort, path: '/x?y=1', headers: { host } });

  it('serves each host its own certificate, wildcards too, and redirects plain requests to the public port', async () => {
    const [a, wild] = [selfSigned('a.test'), selfSigned('wild.test')];
    gateway.set(
      proxy([
        tlsHost(1, 'a.test', a),
        tlsHost(2, '*.wild.test', wild),
        service(3, 'clear.test', [route(3, '/', [upstream(1, server.port)])]),
      ]),
    );
    await eventually(async () => expect(await secure('a.test')).toMatchObject({ status: 200, fingerprint: a.fingerprint }));
    await eventually(async () =>
      expect(await secure('b.wild.test')).toMatchObject({ status: 200, fingerprint: wild.fingerprint }),
    );
    await expect(secure('clear.test')).rejects.toThrow();
    expect(await plain('a.test')).toMatchObject({
      status: 301,
      headers: { location: `https://a.test:${gateway.publicHttpsPort}/x?y=1` },
    });
    expect((await plain('clear.test')).status).toBe(200);
  });

  it('rotates a certificate without a lost request and without touching the listener', async () => {
    const pairs = Array.from({ length: 4 }, () => selfSigned('rotate.test'));
    gateway.set(proxy([tlsHost(1, 'rotate.test', pairs[0])]));
    await eventually(async () => expect((await secure('rotate.test')).fingerprint).toBe(pairs[0]!.fingerprint));
    const modified = () =>
      Promise.all(
        ['listener_modified', 'listener_in_place_updated', 'listener_added'].map((name) =>
          gateway.stat(`listener_manager.${name}`),
        ),
      );
    const before = await modified();
    const failures: unknown[] = [];
    let done = false;
    const load = [1, 2].map(async () => {
      while (!done)
        await secure('rotate.test').then(
          ({ status }) => status === 200 || failures.push(status),
          (error: unknown) => failures.push(error),
        );
    });
    for (const pair of pairs.slice(1)) {
      gateway.set(proxy([tlsHost(1, 'rotate.test', pair)]));
      await eventually(async () => expect((await secure('rotate.test')).fingerprint).toBe(pair.fingerprint));
    }
    done = true;
    await Promise.all(load);
    expect(failures).toEqual([]);
    expect(await modified()).toEqual(before);
  });

  it('closes no connection of a host while others come, change their certificate, and go', async () => {
    const pairs = ['one.test', 'two.test', 'three.test'].map(selfSigned);
    const pairOf = (n: number) => pairs[n % 3];
    const always = tlsHost(100, 'always.test', selfSigned('always.test'));
    gateway.set(proxy([always]));
    await eventually(async () => expect((await secure('always.test')).status).toBe(200));
    const connection = connect(`https://127.0.0.1:${gateway.httpsPort}`, {
      servername: 'always.test',
      rejectUnauthorized: false,
    });
    let isClosed = false;
    connection.on('close', () => (isClosed = true)).on('error', () => undefined);
    const answer = () =>
      new Promise((resolve) => {
        const request = connection.request({ ':path': '/', ':authority': 'always.test' });
        request.on('response', (headers) => resolve(headers[':status'])).on('error', resolve);
        request.resume().end();
      });
    for (let round = 0; round < 20; round += 1) {
      const others = [1, 2, 3, 4].filter((n) => (round + n) % 3 !== 0);
      const hosts = others.map((n) => ({ ...tlsHost(10 * n + (round % 2), `other-${n}.test`, pairOf(n + round)), id: n }));
      gateway.set(proxy([always, ...hosts]));
      const newest = hosts.at(-1)!;
      await eventually(async () =>
        expect(await secure(newest.host!)).toMatchObject({
          status: 200,
          fingerprint: pairOf(others.at(-1)! + round)?.fingerprint,
        }),
      );
      expect(await answer()).toBe(200);
    }
    expect(isClosed).toBe(false);
    connection.close();
  });

  it('takes the certificate of any host for names that have none of their own', async () => {
    const [any, own] = [selfSigned('any.test'), selfSigned('own.test')];
    gateway.set(proxy([tlsHost(1, '*', any), tlsHost(2, 'own.test', own)]));
    await eventually(async () => expect(await secure('x.test')).toMatchObject({ status: 200, fingerprint: any.fingerprint }));
    expect(await secure('own.test')).toMatchObject({ status: 200, fingerprint: own.fingerprint });
  });

  it('leaves a route that redirects or answers by itself its own answer on the plain port', async () => {
    const to = { scheme: '', host: 'new.test', port: 0, path: '', prefixRewrite: '', regex: '', stripQuery: false };
    gateway.set(
      proxy([
        {
          ...tlsHost(1, 'own.test', selfSigned('own.test')),
          routes: [
            route(1, '/', [upstream(1, server.port)]),
            route(2, '/moved', [], { filters: { redirect: { ...to, responseCode: 302 } } }),
            route(3, '/teapot', [], { filters: { directResponse: { status: 418 } } }),
          ],
        },
      ]),
    );
    const answer = async (path: string) => {
      const { status, headers } = await ask({ port: gateway.httpPort, path, headers: { host: 'own.test' } });
      return [status, headers.location];
    };
    await eventually(async () => expect(await answer('/teapot')).toEqual([418, undefined]));
    expect(await answer('/moved')).toEqual([302, 'http://new.test/moved']);
    expect(await answer('/')).toEqual([301, `https://own.test:${gateway.publicHttpsPort}/`]);
  });

  it('never serves a host without a pair in clear, nor over the certificate of another', async () => {
    const served = tlsHost(1, 'served.test', selfSigned('served.test'));
    gateway.set(proxy([served, tlsHost(5, 'pending.test', undefined)]));
    await eventually(async () =>
      expect(await plain('pending.test')).toMatchObject({ status: 503, body: expect.stringContaining('TLS') as unknown }),
    );
    await eventually(async () => expect((await secure('served.test')).status).toBe(200));
    await expect(secure('pending.test')).rejects.toThrow();
    const smuggled = await ask({ port: gateway.httpsPort, serverName: 'served.test', headers: { host: 'pending.test' } });
    expect(smuggled.status).toBe(421);
    const pair = selfSigned('pending.test');
    gateway.set(proxy([served, tlsHost(5, 'pending.test', pair)]));
    await eventually(async () => expect((await secure('pending.test')).fingerprint).toBe(pair.fingerprint));
  });

  it('is spoken with HTTP/2 by clients that offer it, and not below version 1.2', async () => {
    const pair = selfSigned('v.test');
    gateway.set(proxy([tlsHost(6, 'v.test', pair)]));
    await eventually(async () => expect((await secure('v.test')).fingerprint).toBe(pair.fingerprint));
    const { connect } = await import('node:tls');
    const offered = (options: object) =>
      new Promise<string | false>((resolve, reject) => {
        const socket = connect(
          { host: '127.0.0.1', port: gateway.httpsPort, servername: 'v.test', rejectUnauthorized: false, ...options },
          () => {
            resolve(socket.alpnProtocol ?? false);
            socket.destroy();
          },
        );
        socket.on('error', reject);
      });
    expect(await offered({ ALPNProtocols: ['h2', 'http/1.1'] })).toBe('h2');
    await expect(offered({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow();
  });
  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
