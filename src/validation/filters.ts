import type { JsonReader } from './reader';
import { headerName, headerValue, need, refuse } from './reader';
import { checkRegex } from './re2';

/** vh_filter_cors; origins in the order in which Envoy is given them (data-plane reference 1.2). */
export interface CorsConfig {
  readonly origins: readonly { readonly kind: 'regex' | 'prefix' | 'exact' | 'suffix' | 'contains'; readonly value: string }[];
  readonly allowMethods: string;
  readonly allowHeaders: string;
  readonly exposeHeaders: string;
  /** Seconds, as text. */
  readonly maxAge: string;
}

/** One entry of the descriptor that a route_filter_ratelimit sends. */
export type RateLimitActionConfig =
  | { readonly kind: 'generic_key'; readonly value: string }
  | { readonly kind: 'request_headers'; readonly headerName: string; readonly descriptorKey: string }
  | { readonly kind: 'source_cluster' | 'destination_cluster' | 'remote_address' };

/** Empty texts and port 0 mean not set. */
export interface RedirectConfig {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly prefixRewrite: string;
  readonly regex: string;
  readonly responseCode: 301 | 302 | 303 | 307 | 308;
  readonly stripQuery: boolean;
}

const UINT32 = 4_294_967_295;
const REDIRECT_CODES = [301, 302, 303, 307, 308] as const;

/** Zero means not set. */
export interface CircuitBreakersConfig {
  readonly maxConnections: number;
  readonly maxPendingRequests: number;
  readonly maxRequests: number;
  readonly maxRetries: number;
}

/** Zero means not set; enforcing numbers are percentages. */
export interface OutlierDetectionConfig {
  readonly consecutive5xx: number;
  readonly enforcingConsecutive5xx: number;
  readonly consecutiveGatewayFailure: number;
  readonly enforcingConsecutiveGatewayFailure: number;
}

/** An empty pattern makes the substitution the host itself; else it is run against the path. */
export interface HostRewriteConfig {
  readonly patternRegex: string;
  readonly substitution: string;
}

export interface DirectResponseConfig {
  /** 200 to 599. */
  readonly status: number;
}

export function readCors(document: JsonReader): CorsConfig {
  const condition = document.object('match_condition');
  const origins = (['regex', 'prefix', 'exact', 'suffix', 'contains'] as const).flatMap((kind) => {
    const value = condition?.string(kind) ?? '';
    return value === '' ? [] : [{ kind, value }];
  });
  const [regex] = origins;
  if (regex?.kind === 'regex') need('match_condition.regex', checkRegex(regex.value));
  const text = (name: string) => headerValue(name, document.string(name));
  const maxAge = text('access_control_max_age').trim();
  if (!/^-?\d*$/.test(maxAge)) refuse('access_control_max_age', 'must be a number of seconds, as a string');
  return {
    origins,
    allowMethods: text('access_control_allow_methods'),
    allowHeaders: text('access_control_allow_headers'),
    exposeHeaders: text('access_control_expose_headers'),
    maxAge,
  };
}

const ACTION_KINDS = ['generic_key', 'request_headers', 'source_cluster', 'destination_cluster', 'remote_address'] as const;

export function readRateLimitActions(document: JsonReader): readonly RateLimitActionConfig[] {
  return (document.list('descriptors') ?? []).flatMap((entry) => {
    const unknown = entry.keys().find((key) => !ACTION_KINDS.some((kind) => kind === key));
    if (unknown !== undefined) refuse(entry.at(unknown), `is not known: use one of ${ACTION_KINDS.join(', ')}`);
    // Each kind is read, so that a mistake in any of them is found; the first one counts.
    return ACTION_KINDS.flatMap((kind) => readAction(entry, kind) ?? []).slice(0, 1);
  });
}

function readAction(entry: JsonReader, kind: (typeof ACTION_KINDS)[number]): RateLimitActionConfig | undefined {
  if (kind === 'generic_key') {
    const generic = entry.object(kind);
    return generic && { kind, value: filled(generic, 'descriptor_value') };
  }
  if (kind === 'request_headers') {
    const header = entry.object(kind);
    if (!header) return undefined;
    const name = headerName(header.at('header_name'), filled(header, 'header_name'));
    return { kind, headerName: name, descriptorKey: filled(header, 'descriptor_key') };
  }
  return entry.string(kind, 'a string, such as "{}"') === '' ? undefined : { kind };
}

function filled(reader: JsonReader, name: string): string {
  return reader.string(name) || refuse(reader.at(name), 'must not be empty');
}

export function readCircuitBreakers(document: JsonReader): CircuitBreakersConfig {
  const number = (name: string) => document.integer(name, 0, UINT32);
  return {
    maxConnections: number('max_connections'),
    maxPendingRequests: number('max_pending_requests'),
    maxRequests: number('max_requests'),
    maxRetries: number('max_retries'),
  };
}

export function readOutlierDetection(document: JsonReader): OutlierDetectionConfig {
  return {
    consecutive5xx: document.integer('consecutive_5xx', 0, UINT32),
    enforcingConsecutive5xx: document.integer('enforcing_consecutive_5xx', 0, 100),
    consecutiveGatewayFailure: document.integer('consecutive_gateway_failure', 0, UINT32),
    enforcingConsecutiveGatewayFailure: document.integer('enforcing_consecutive_gateway_failure', 0, 100),
  };
}

export function readHostRewrite(document: JsonReader): HostRewriteConfig {
  const patternRegex = document.string('pattern_regex');
  const substitution = headerValue('substitution', document.string('substitution'));
  if (substitution === '') refuse('substitution', 'must not be empty');
  if (patternRegex !== '') need('pattern_regex', checkRegex(patternRegex));
  return { patternRegex, substitution };
}

export function readRedirect(document: JsonReader): RedirectConfig {
  const text = (name: string) => headerValue(name, document.string(name));
  const given = document.integer('response_code', 0, 599) || 301;
  const responseCode = REDIRECT_CODES.find((code) => code === given);
  const regex = text('regex_redirect');
  if (regex !== '') need('regex_redirect', checkRegex(regex));
  return {
    scheme: text('scheme_redirect'),
    host: text('host_redirect'),
    port: document.integer('port_redirect', 0, 65_535),
    path: text('path_redirect'),
    prefixRewrite: text('prefix_rewrite'),
    regex,
    responseCode: responseCode ?? refuse('response_code', `must be one of ${REDIRECT_CODES.join(', ')}`),
    stripQuery: document.boolean('strip_query'),
  };
}

export function readDirectResponse(document: JsonReader): DirectResponseConfig {
  if (!document.has('response_code')) refuse('response_code', 'is missing');
  return { status: document.integer('response_code', 200, 599) };
}
