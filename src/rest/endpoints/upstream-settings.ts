import { GatewayError } from '../../errors';
import type { Checked } from '../../validation';
import {
  checkHealthCheckNumber,
  checkPort,
  checkProtocol,
  checkUpstreamAddress,
  checkWeight,
  STRATEGIES,
} from '../../validation';
import type { Call, Field } from '../endpoint';

/** A column of an upstream that a caller may set. */
interface Setting extends Field {
  /** What is stored for a text that passed `check`. */
  readonly store: (text: string) => string | number;
}

/** Said of a new upstream before any value is checked. */
export const ADDRESS_MISSING = 'Please provide Ip/host using Ip field';
export const PORT_MISSING = 'Please provide Port using Port field';

const asText = (text: string) => text;

function healthCheckNumber(name: string, summary: string): Setting {
  return { name, summary, check: (text) => checkHealthCheckNumber(name, text), store: Number };
}

/** Every setting, in the order of REST reference 1.5; an empty one is not stored, or kept. */
export const UPSTREAM_SETTINGS: readonly Setting[] = [
  { name: 'upstream_ip', summary: 'an IP address or a DNS name', check: checkUpstreamAddress, store: asText },
  {
    name: 'upstream_port',
    summary: 'the TCP port',
    check: checkPort,
    invalid: 'Please provide a valid port value.',
    store: Number,
  },
  {
    name: 'upstream_weight',
    summary: 'the share of traffic, 100 when not given; 0 gets none',
    check: checkWeight,
    invalid: 'Please provide a valid weight value.',
    store: Number,
  },
  {
    name: 'upstream_hc_path',
    summary: 'the path of the health check; on grpc the name of a service, or / for a TCP connect',
    store: asText,
  },
  { name: 'upstream_hc_host', summary: 'the Host header of the health check', store: asText },
  healthCheckNumber('upstream_hc_intervalseconds', 'seconds between health checks'),
  healthCheckNumber('upstream_hc_unhealthythresholdcount', 'failed checks until the upstream is left out'),
  healthCheckNumber('upstream_hc_healthythresholdcount', 'good checks until the upstream is back'),
  { name: 'upstream_strategy', summary: `one of ${STRATEGIES.join(', ')}`, check: checkKnownStrategy, store: asText },
  { name: 'upstream_validation_cacertificate', summary: 'the PEM of the authority that signs the upstream', store: asText },
  { name: 'upstream_validation_subjectname', summary: 'the name that the upstream certificate must have', store: asText },
  { name: 'upstream_protocol', summary: 'http, https, tls, h2, h2c, grpc or grpcs', check: checkProtocol, store: asText },
  healthCheckNumber('upstream_hc_timeoutseconds', 'seconds that a health check may take'),
  { name: 'upstream_config', summary: 'kept, not read', store: asText },
];

/** The columns that the caller gave, as they are stored. */
export function givenSettings(call: Call): Record<string, string | number> {
  const given = UPSTREAM_SETTINGS.filter((setting) => call.field(setting.name) !== '');
  return Object.fromEntries(given.map((setting) => [setting.name, setting.store(call.field(setting.name))]));
}

/** What an upstream needs to be served. @throws GatewayError invalid_input */
export function requireComplete(upstream: {
  readonly upstream_ip?: unknown;
  readonly upstream_port?: unknown;
  readonly upstream_hc_path?: unknown;
}): void {
  const { upstream_ip: ip, upstream_port: port, upstream_hc_path: path } = upstream;
  if (typeof ip !== 'string' || ip === '') throw new GatewayError('invalid_input', ADDRESS_MISSING);
  if (typeof port !== 'number') throw new GatewayError('invalid_input', PORT_MISSING);
  const address = checkUpstreamAddress(ip);
  if (address.ok && address.value.isIp && (path ?? '') === '') {
    throw new GatewayError(
      'invalid_input',
      'Please provide a value for upstream_hc_path: an upstream given by its IP address needs a health check; / is a good start',
    );
  }
}

/** What is unknown would be served as RoundRobin, which is seldom what was meant. */
function checkKnownStrategy(text: string): Checked<string> {
  if (STRATEGIES.some((known) => known === text)) return { ok: true, value: text };
  return { ok: false, message: `strategy must be one of ${STRATEGIES.join(', ')}, but is ${JSON.stringify(text)}` };
}
