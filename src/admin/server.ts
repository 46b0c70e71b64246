import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Registry } from 'prom-client';
import { GatewayError } from '../errors';
import type { GraphQLEngine } from '../graphql';
import { allowsOrigin, isGraphQLPath } from '../graphql';
import type { Logger } from '../log';
import { routeTemplate } from '../rest';
import type { Attributes, Origin, Span } from '../origin';
import { originOf, requestIdOf, setOrigin } from '../origin';
import { pathOf, queryOf } from '../request-url';
import type { Settings } from '../settings';
import { isLoopback } from '../loopback';
import { doorOf } from './doors';
import { refuseForeignPages } from './guard';
import { listen } from './listen';
import type { RequestMetrics } from './metrics';
import { createRequestMetrics } from './metrics';
import type { Patience } from './patience';
import { endWhenStalled, limitPatience, PATIENCE } from './patience';
import type { Caller } from './secret';
import { callerOf, challenge } from './secret';
import { setSecurityHeaders } from './security-headers';
import { refuseUpgrade, Upgrades } from './upgrades';

export interface AdminOptions {
  readonly settings: {
    readonly admin: Pick<Settings['admin'], 'host' | 'port' | 'secret' | 'maxBodyBytes'>;
    readonly graphql: Pick<Settings['graphql'], 'allowedOrigins'>;
  };
  readonly graphql: Pick<GraphQLEngine, 'handle' | 'handleUpgrade' | 'stop'>;
  /** Takes every request that is nobody else's: the REST facade. Without it such a path does not exist. */
  readonly rest?: (request: IncomingMessage, response: ServerResponse, caller: Caller) => void;
  /** What `/healthz` tells; without it, it is the GraphQL room's. */
  readonly health?: () => Promise<Health>;
  /** What `/readyz` tells; without it there is no such path. */
  readonly readiness?: () => Promise<Readiness>;
  /** Begins the trace of a request; nothing is traced without it. */
  readonly traced?: (headers: IncomingHttpHeaders, name: string, attributes: Attributes) => Span | undefined;
  /** Where the requests are counted; what else is in it is shown as well. */
  readonly registry?: Registry;
  /** The bootstrap of an Envoy that runs elsewhere as that proxy, with its certificates in that folder. */
  readonly bootstrap?: (proxyName: string, certificates: string | undefined) => object;
  /** Where it differs from PATIENCE. */
  readonly patience?: Partial<Patience>;
  readonly log: Logger;
}

/** What `/healthz` shows besides that the process answers. */
export interface Health {
  /** Whether Postgres answers. */
  readonly database: boolean;
}

/** What `/readyz` shows: 200 when it is ready, else 503. */
export interface Readiness {
  readonly ready: boolean;
}

export interface AdminServer {
  readonly port: number;
  /** Requests under way finish, for at most ten seconds; idle connections close at once. */
  stop(): Promise<void>;
}

/** What machines ask all the time. */
const UNTRACED = ['/healthz', '/readyz', '/metrics', '/health'];
/** What follows is the proxy's name. */
const BOOTSTRAP_PATH = '/envoy/bootstrap/';
/** Above the 60 s after which proxies in front commonly drop an idle connection: they close it, and no request meets a closed one. */
const KEEP_ALIVE_MS = 65_000;
const STOP_MS = 10_000;

/** REST, GraphQL, `/healthz` and `/metrics` on one port. @throws StartError when the port cannot be opened */
export async function startAdmin(options: AdminOptions): Promise<AdminServer> {
  const { host, port } = options.settings.admin;
  const metrics = createRequestMetrics(options.registry);
  let stopping = false;
  const patience = { ...PATIENCE, ...options.patience };
  const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS, connectionsCheckingInterval: patience.checkMs };
  const server = createServer(serverOptions, (request, response) => {
    setOrigin(request, originAt(options, request, response));
    setSecurityHeaders(response, doorOf(pathOf(request.url)) === 'page');
    endWhenStalled(response, patience.stalledMs);
    observe(request, response, metrics, options.log);
    response.once('close', () => stopping && server.closeIdleConnections());
    if (stopping) response.setHeader('Connection', 'close');
    serve(options, metrics, request, response).catch((error: unknown) => refuse(options.log, request, response, error));
  });
  const upgrades = new Upgrades(server, (request, socket, head) => {
    if (stopping) refuseUpgrade(socket, '503 Service Unavailable');
    else {
      setOrigin(request, { requestId: requestIdOf(request.headers) });
      upgrade(options, request, socket, head);
    }
  });
  limitPatience(server, patience, () => sayFull(options.log, patience.connections));
  const opened = await listen(server, host, port);
  return {
    port: opened,
    async stop() {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const force = setTimeout(() => {
        server.closeAllConnections();
        upgrades.destroyAll();
      }, STOP_MS);
      await options.graphql.stop();
      await closed;
      clearTimeout(force);
    },
  };
}

const SAY_AGAIN_MS = 60_000;
let saidFull = -Infinity;

/** Not at every connection: there may be thousands a second. */
function sayFull(log: Logger, connections: number): void {
  if (performance.now() - saidFull < SAY_AGAIN_MS) return;
  saidFull = performance.now();
  log.warn({ connections }, 'the admin port has as many connections as ADMIN_MAX_CONNECTIONS allows: more are refused');
}

/** Websockets are GraphQL's alone. */
function upgrade(options: AdminOptions, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { host } = options.settings.admin;
  const { allowedOrigins } = options.settings.graphql;
  try {
    refuseForeignPages(request.headers, isLoopback(host), (origin) => allowsOrigin(allowedOrigins, origin));
    if (!options.graphql.handleUpgrade(request, socket, head)) refuseUpgrade(socket, '404 Not Found');
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    refuseUpgrade(socket, '403 Forbidden');
  }
}

async function serve(
  options: AdminOptions,
  metrics: RequestMetrics,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { secret, host } = options.settings.admin;
  const path = pathOf(request.url);
  // Only GraphQL may be opened to pages of other origins: forms must not be.
  const allowed = isGraphQLPath(path) ? options.settings.graphql.allowedOrigins : undefined;
  refuseForeignPages(request.headers, isLoopback(host), (origin) => allowsOrigin(allowed, origin));
  if (options.health && path === '/healthz') {
    return answer(response, 200, JSON.stringify({ status: 'ok', ...(await options.health()) }));
  }
  if (options.readiness && path === '/readyz') {
    const readiness = await options.readiness();
    return answer(response, readiness.ready ? 200 : 503, JSON.stringify(readiness));
  }
  const door = doorOf(path);
  const caller = door === 'open' || door === 'graphql' ? 'admin' : callerOf(request.headers, secret, door);
  if (options.graphql.handle(request, response)) return;
  if (path === '/metrics') return answer(response, 200, await metrics.text(), metrics.contentType);
  if (options.bootstrap && request.method === 'GET' && path.startsWith(BOOTSTRAP_PATH)) {
    return answer(response, 200, `${JSON.stringify(options.bootstrap(proxyOf(path), certificatesOf(request)), undefined, 2)}\n`);
  }
  if (options.rest) return options.rest(request, response, caller);
  throw new GatewayError('not_found', `there is nothing at ${path}: GraphQL is at /v1/graphql`);
}

function proxyOf(path: string): string {
  try {
    return decodeURIComponent(path.slice(BOOTSTRAP_PATH.length));
  } catch (error) {
    throw new GatewayError('invalid_input', `the proxy's name in ${path} is not percent-encoded as it should be`, {
      cause: error,
    });
  }
}

function answer(response: ServerResponse, status: number, body: string, contentType = 'application/json; charset=UTF-8'): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function refuse(log: Logger, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const requestId = originOf(request)?.requestId;
  const known =
    error instanceof GatewayError ? error : new GatewayError('internal', 'a fault of the gateway; its log has the details');
  if (known !== error)
    log.error({ requestId, method: request.method, url: shownUrl(request.url), err: error }, 'a request failed');
  if (response.headersSent) return void response.destroy();
  if (known.code === 'unauthorized') {
    const door = doorOf(pathOf(request.url));
    response.setHeader('WWW-Authenticate', challenge(door === 'page' ? door : 'api'));
  }
  answer(response, known.status, JSON.stringify(known));
}

/** The parameter `certificates`; an empty one is none. */
function certificatesOf({ url }: IncomingMessage): string | undefined {
  return new URLSearchParams(queryOf(url)).get('certificates') || undefined;
}

/** Every request is known by an id, which its answer tells. */
function originAt({ traced }: AdminOptions, request: IncomingMessage, response: ServerResponse): Origin {
  const requestId = requestIdOf(request.headers);
  response.setHeader('X-Request-Id', requestId);
  if (!traced) return { requestId };
  const { method = '', url = '' } = request;
  const route = routeOf(method, url);
  if (UNTRACED.includes(route)) return { requestId };
  const attributes = {
    'http.request.method': method,
    'http.route': route,
    'url.path': pathOf(url),
    'enroute.request_id': requestId,
  };
  return { requestId, span: traced(request.headers, `${method} ${route}`, attributes) };
}

/** Counts and, at debug level, logs the request once it is answered or broken off; headers and bodies are never logged. */
function observe(request: IncomingMessage, response: ServerResponse, metrics: RequestMetrics, log: Logger): void {
  const started = performance.now();
  const { method = '', url = '' } = request;
  response.once('close', () => {
    const milliseconds = performance.now() - started;
    // How long somebody listens to events is not how long an answer takes.
    const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
    metrics.observe(method, routeOf(method, url), response.statusCode, isStream ? undefined : milliseconds / 1000);
    const origin = originOf(request);
    origin?.span?.set({ 'http.response.status_code': response.statusCode });
    origin?.span?.end(response.statusCode >= 500 ? String(response.statusCode) : undefined);
    log.debug(
      {
        requestId: origin?.requestId,
        method,
        url: shownUrl(url),
        status: response.statusCode,
        milliseconds: Number(milliseconds.toFixed(2)),
      },
      'request',
    );
  });
}

/** In the URL of a GraphQL request stand the values of its variables. */
function shownUrl(url = ''): string {
  const path = pathOf(url);
  return isGraphQLPath(path) ? path : url;
}

/** A path that names no object, so that there are only so many. */
function routeOf(method: string, url: string): string {
  const path = pathOf(url);
  if (path.startsWith(BOOTSTRAP_PATH)) return `${BOOTSTRAP_PATH}:proxy_name`;
  const known = ['/healthz', '/readyz', '/metrics', '/v1/graphql'].find((fixed) => fixed === path);
  return known ?? routeTemplate(method, url) ?? 'other';
}
