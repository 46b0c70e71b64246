import type { Route as EnvoyRoute } from '../../gen/envoy-api/envoy/config/route/v3/route_components';
import { GatewayError } from '../errors';
import type { ProxyModel } from '../gateway';
import { defaultRateLimitDomain, EVERY_HOST, HTTP_LISTENER, HTTPS_LISTENER, isAddress, UNAVAILABLE_ROUTE } from '../xds';
import type { ListenedRoute, RouteInput, TranslationOptions } from '../xds';
import type { Explanation, TriedRoute } from './explanation';
import { explainClusterFilters, explainHttpFilters } from './filters';
import { ListenedHosts } from './listened-host';
import type { ListenedHost } from './listened-host';
import { unmetConditions } from './match';
import { ownLocation, redirectLocation, redirectStatus } from './redirect';
import { replaceAll } from './regex';
import type { AskedRequest, SeenRequest } from './request';
import { seenRequest, withoutQuery } from './request';
import { explainUpstreams } from './upstreams';
import type { HealthOf } from './upstreams';

const NOTHING = { tried: [], filters: [], upstreams: [] } as const;

/**
 * What becomes of a request to a proxy, from the model that its Envoys are fed from: the messages that Envoy gets, run as
 * Envoy runs them.
 * @throws GatewayError invalid_input for a path that Envoy refuses
 */
export function explain(model: ProxyModel, asked: AskedRequest, options: TranslationOptions, healthOf: HealthOf): Explanation {
  const hosts = new ListenedHosts(model, defaultRateLimitDomain(model, options.proxyName), options);
  return asked.scheme === 'https'
    ? explainSecure(model, hosts, asked, options, healthOf)
    : explainPlain(model, hosts, asked, options, healthOf);
}

function explainPlain(
  model: ProxyModel,
  hosts: ListenedHosts,
  asked: AskedRequest,
  { httpPort }: TranslationOptions,
  healthOf: HealthOf,
): Explanation {
  const listener = { name: HTTP_LISTENER, port: httpPort };
  const request = routable(asked);
  const found = hosts.plain(request.host);
  if (!found) return { listener, ...noHost(model, request) };
  const { plain } = found.routing;
  return { listener, ...(plain ? explainRoutes(found, plain, request, healthOf) : withoutCertificate(found)) };
}

function explainSecure(
  model: ProxyModel,
  hosts: ListenedHosts,
  asked: AskedRequest,
  { httpsPort }: TranslationOptions,
  healthOf: HealthOf,
): Explanation {
  const listener = { name: HTTPS_LISTENER, port: httpsPort };
  const chain = hosts.certificate(asked.host);
  const shown = chain?.routing.tls?.secret;
  if (!shown) {
    const reason = hosts.hasSecure()
      ? `no certificate: the TLS handshake fails, since no service with a certificate covers ${asked.host}`
      : `no certificate: nothing listens on port ${httpsPort}, since no service of the proxy ${model.name} has one`;
    return { listener, action: 'unavailable', reason, ...NOTHING };
  }
  const withSecret = { ...listener, secret: shown.secretName };
  const request = routable(asked);
  const found = hosts.secure(request.host);
  const routes = found?.routing.tls?.routes;
  // For an address clients send no server name, so that its requests come over the chain of any host.
  const isOwn = found === chain || (chain.host === EVERY_HOST && found !== undefined && isAddress(found.host));
  if (!routes || !isOwn) return { listener: withSecret, ...misdirected(chain, request) };
  return { listener: withSecret, ...explainRoutes(found, routes, request, healthOf) };
}

function routable(asked: AskedRequest): SeenRequest {
  return (
    seenRequest(asked) ??
    refuse(`path ${JSON.stringify(asked.path)}: Envoy answers 400, since it takes no # and no %00 in a path`)
  );
}

function refuse(message: string): never {
  throw new GatewayError('invalid_input', message);
}

type Outcome = Omit<Explanation, 'listener'>;

/** A connection carries requests for the host alone that its certificate was chosen for. */
function misdirected({ host }: ListenedHost, request: SeenRequest): Outcome {
  const reason = `the connection was made for the host ${host}, and the request is for ${request.host}`;
  return { action: 'not_found', status: 421, reason, ...NOTHING };
}

function noHost(model: ProxyModel, request: SeenRequest): Outcome {
  const reason = `no service of the proxy ${model.name} has the host ${request.host}, a *.suffix that covers it, or *`;
  return { action: 'not_found', status: 404, reason, ...NOTHING };
}

function withoutCertificate({ host, services }: ListenedHost): Outcome {
  const { status, body } = UNAVAILABLE_ROUTE.directResponse ?? {};
  const service = services.find(({ tls }) => tls);
  return {
    host,
    ...(service && { service: { id: service.id, name: service.name } }),
    action: 'unavailable',
    status,
    reason: body?.inlineString?.trim(),
    ...NOTHING,
  };
}

/** The first route whose conditions the request meets serves it. */
function explainRoutes(
  { host }: ListenedHost,
  routes: readonly ListenedRoute[],
  request: SeenRequest,
  healthOf: HealthOf,
): Outcome {
  const tried: TriedRoute[] = [];
  for (const { input, message } of routes) {
    const failed = message
      ? unmetConditions(message.match ?? missing(input), request)
      : ['it is not served: it has no upstream, and no redirect or direct response'];
    if (failed.length === 0 && message) return { host, ...explainRoute(input, message, request, healthOf), tried };
    tried.push({ service: input.service.name, route: input.route.name, failed });
  }
  const reason = tried.length === 0 ? `the host ${host} has no route` : `no route of the host ${host} matches`;
  return { host, action: 'not_found', status: 404, reason, ...NOTHING, tried };
}

function explainRoute(
  input: RouteInput,
  message: EnvoyRoute,
  request: SeenRequest,
  healthOf: HealthOf,
): Omit<Outcome, 'host' | 'tried'> {
  const { service, route } = input;
  const { filters, answered } = explainHttpFilters(input, message, request);
  const taken = {
    service: { id: service.id, name: service.name },
    route: { id: route.id, name: route.name, match: route.match },
  };
  if (answered !== undefined) return { ...taken, action: 'direct_response', status: answered, filters, upstreams: [] };
  const { redirect, directResponse } = message;
  if (redirect) {
    const location = redirectLocation(redirect, message.match ?? missing(input), request);
    return { ...taken, action: 'redirect', status: redirectStatus(redirect), location, filters, upstreams: [] };
  }
  if (directResponse) {
    const { status } = directResponse;
    const location = status === 201 || (status >= 300 && status < 400) ? ownLocation(request) : undefined;
    return { ...taken, action: 'direct_response', status, location, filters, upstreams: [] };
  }
  const host = sentHost(message, request);
  const rewrite = route.filters.hostRewrite ? [{ kind: 'host_rewrite', does: `sends upstreams the host ${host}` }] : [];
  return {
    ...taken,
    action: 'forward',
    sent: { host, path: request.path },
    filters: [...filters, ...rewrite, ...explainClusterFilters(input)],
    upstreams: explainUpstreams(input, healthOf),
  };
}

/** The Host that an upstream is sent. Of a pattern that does not match it is the path; what comes out empty changes nothing. */
function sentHost({ route }: EnvoyRoute, request: SeenRequest): string {
  const rewrite = route?.hostRewritePathRegex;
  if (rewrite?.pattern)
    return replaceAll(rewrite.pattern.regex, withoutQuery(request.path), rewrite.substitution) || request.host;
  return route?.hostRewriteLiteral ?? request.host;
}

function missing({ service, route }: RouteInput): never {
  throw new Error(`the route ${route.name} of service ${service.name} was translated without a match`);
}
