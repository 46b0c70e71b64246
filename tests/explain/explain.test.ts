import { whole } from '../support/models';
import fc from 'fast-check';
import { GatewayError } from '../../src/errors';
import { Explainer } from '../../src/explain';
import type { QueryValues } from '../../src/explain';
import type { AskedRequest } from '../../src/explain/request';
import type { ProxyModel } from '../../src/gateway';
import { selfSigned } from '../support/certificates';
import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import { startHttpServer } from '../support/http-echo';
import type { HttpServer } from '../support/http-echo';
import { startGatewayUnderTest } from '../xds/envoy/gateway-under-test';
import type { GatewayUnderTest } from '../xds/envoy/gateway-under-test';
import { fuzzModel } from './fuzz-model';
import type { Fallback } from './fuzz-model';
import { CANONICAL_PATHS } from './canonical-paths';
import { PROBES, requests } from './fuzz-requests';

const SERVERS = 80;
const RUNS = 500;
const CALLS = 300;

/** What a client sees of an answer, and with it what the upstream saw. */
interface Seen {
  readonly status: number | 'no connection';
  readonly location?: string;
  readonly host?: string;
  readonly path?: string;
}

function questionOf({ scheme, method, host, path, headers }: AskedRequest): QueryValues {
  const header = headers.map(([name, value]) => `${name}: ${value}`);
  return new Map(Object.entries({ scheme: [scheme], method: [method], host: [host], path: [path], header }));
}

describe('what explain says is what a real Envoy does', () => {
  let gateway: GatewayUnderTest;
  let servers: readonly HttpServer[];
  const pair = selfSigned('tls.test');

  beforeAll(async () => {
    // First, so that none of them gets the TLS port that Envoy is to open later.
    servers = await Promise.all(
      Array.from({ length: SERVERS }, () =>
        startHttpServer({
          name: 'server',
          handler: (request, response) => {
            const localPort = String(request.socket.localPort);
            const got = { 'x-server': localPort, 'x-host': request.headers.host, 'x-path': request.url };
            response.writeHead(200, got).end();
          },
        }),
      ),
    );
    gateway = await startGatewayUnderTest();
  });

  afterAll(async () => {
    await gateway.stop();
    for (const server of servers) server.kill();
  });

  function explainerOf(model: ProxyModel): Explainer {
    const { httpPort, httpsPort, publicHttpsPort } = gateway;
    const explainer = new Explainer({ listenHost: '127.0.0.1', httpPort, httpsPort, publicHttpsPort, proxyName: 'gw' });
    explainer.update([model].map(whole), []);
    return explainer;
  }

  /** What a client should see, and the ports of which one should have answered, by what explain says. */
  function expected(explainer: Explainer, request: AskedRequest): { action: string; seen: Seen; ports: readonly number[] } {
    try {
      const { action, status, location, sent, upstreams } = explainer.explain(questionOf(request));
      const ports = upstreams.filter(({ share }) => share > 0).map(({ port }) => port);
      const seen = { status: status ?? (action === 'forward' ? 200 : ('no connection' as const)), location, ...sent };
      return { action, seen, ports };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      expect(error.code).toBe('invalid_input');
      return { action: 'refused', seen: { status: 400 }, ports: [] };
    }
  }

  async function send(request: AskedRequest): Promise<{ seen: Seen; port: number | undefined }> {
    const { scheme, method, path, host } = request;
    const headers: Record<string, string | string[]> = { host };
    for (const [given, value] of request.headers) {
      const name = given.toLowerCase();
      headers[name] = [...(headers[name] ?? []), value];
    }
    // As clients do: no port, no final dot, and no server name for an address.
    const name = /^[[\d]/.test(host) ? '' : host.replace(/\.?(:\d*)?$/, '');
    const target = scheme === 'http' ? { port: gateway.httpPort } : { port: gateway.httpsPort, serverName: name };
    const answer = await ask({ ...target, method, path, headers }).catch((error: NodeJS.ErrnoException) => {
      if (scheme === 'https' && ['ECONNRESET', 'ECONNREFUSED'].includes(error.code ?? '')) return undefined;
      throw error;
    });
    if (!answer) return { seen: { status: 'no connection' }, port: undefined };
    const { location, 'x-server': server, 'x-host': seenHost, 'x-path': seenPath } = answer.headers;
    const seen = { status: answer.status, location, host: seenHost as string, path: seenPath as string };
    return { seen, port: server === undefined ? undefined : Number(server) };
  }

  async function compare(explainer: Explainer, request: AskedRequest): Promise<string> {
    const { action, seen, ports } = expected(explainer, request);
    const real = await send(request);
    expect({ ...real.seen, request }).toEqual({ ...seen, request });
    if (ports.length > 0) expect(ports).toContain(real.port);
    else expect(real.port).toBeUndefined();
    return action;
  }

  const everyAction = ['forward', 'redirect', 'direct_response', 'unavailable', 'not_found', 'refused'];

  test.each<[Fallback, number, readonly string[]]>([
    ['none', 1, everyAction],
    ['plain', 2, everyAction],
    ['tls', 3, everyAction.filter((action) => action !== 'not_found')],
  ])('with the fallback %s', async (fallback, seed, actions) => {
    const model = fuzzModel(
      servers.map(({ port }) => port),
      pair,
      fallback,
    );
    const explainer = explainerOf(model);
    gateway.set(model);
    for (const probe of PROBES) await eventually(() => compare(explainer, probe));
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(requests, async (request) => void seen.add(await compare(explainer, request))),
      { seed, numRuns: RUNS },
    );
    expect([...actions].filter((action) => !seen.has(action))).toEqual([]);
  });

  it.each(['/', '/api', '/pets'])('and so are the shares of the upstreams of %s', async (path) => {
    const model = fuzzModel(
      servers.map(({ port }) => port),
      pair,
      'none',
    );
    gateway.set(model);
    const request: AskedRequest = { scheme: 'http', method: 'GET', host: 'weights.test', path, headers: [] };
    const { upstreams } = explainerOf(model).explain(questionOf(request));
    const counts = new Map<number | undefined, number>();
    for (let call = 0; call < CALLS; call += 1) {
      const { port } = await send(request);
      counts.set(port, (counts.get(port) ?? 0) + 1);
    }
    expect(upstreams.length).toBeGreaterThan(1);
    for (const { port, share } of upstreams) expect(Math.abs((counts.get(port) ?? 0) / CALLS - share)).toBeLessThan(0.12);
  });

  it.each(CANONICAL_PATHS)('and what it makes of the path %s', async (path, canonical) => {
    const { seen } = await send({ scheme: 'http', method: 'GET', host: 'a.wild.test', path, headers: [] });
    expect(seen).toMatchObject(canonical === undefined ? { status: 400 } : { status: 200, path: canonical });
  });

  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
