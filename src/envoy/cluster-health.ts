import http from 'node:http';
import { performance } from 'node:perf_hooks';

/** An endpoint of a cluster that Envoy does not find plain healthy. */
export interface UnhealthyEndpoint {
  readonly cluster: string;
  /** An IP address, without brackets. */
  readonly address: string;
  readonly port: number;
  /** The DNS name that it was resolved from; empty when there is none. */
  readonly hostname: string;
  readonly health:
    | 'excluded'
    | 'pending_active_health_check'
    | 'failed_active_health_check'
    | 'failed_outlier_check'
    | 'failed_eds_health'
    | 'degraded';
}

export interface ClusterHealth {
  /** Whether it is about all clusters: also when a filter was given that this Envoy does not know. */
  readonly isWhole: boolean;
  readonly unhealthy: readonly UnhealthyEndpoint[];
  /** At most so many milliseconds of work Envoy's main thread had, and this process. */
  readonly costMs: number;
}

/** Envoy's flags (`HealthFlag`, source/common/upstream), in the order in which one of several is named. */
const STATES: readonly (readonly [flag: string, health: UnhealthyEndpoint['health']])[] = [
  ['/excluded_via_immediate_hc_fail', 'excluded'],
  ['/pending_active_hc', 'pending_active_health_check'],
  ['/failed_active_hc', 'failed_active_health_check'],
  ['/failed_outlier_check', 'failed_outlier_check'],
  ['/failed_eds_health', 'failed_eds_health'],
  ['/degraded', 'degraded'],
];

const FLAGS = '::health_flags::';
const ANSWER_WITHIN_MS = 10_000;

/**
 * Asks the admin interface on loopback which endpoints are not healthy, in its text form: the JSON form costs Envoy three and a
 * half times as much.
 * @param filter which clusters it is about: a regular expression of RE2 that their names match
 * @returns undefined when it does not answer, or `signal` ended that
 */
export async function readUnhealthy(
  adminPort: number,
  { filter, signal }: { readonly filter?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<ClusterHealth | undefined> {
  const asked = performance.now();
  const path = filter === undefined ? '/clusters' : `/clusters?filter=${encodeURIComponent(filter)}`;
  const answer = await fetchClusters(adminPort, path, signal);
  if (!answer) return undefined;
  const began = performance.now();
  const unhealthy = parseUnhealthy(answer.body);
  const [first = ''] = answer.body.split('::', 1);
  const isWhole = filter === undefined || (answer.body !== '' && !new RegExp(filter).test(first));
  // Envoy has all of its answer ready before it begins to send.
  return { isWhole, unhealthy, costMs: Math.max(answer.began - asked, performance.now() - began) };
}

/** @param text the answer to `GET /clusters`, lines of `<cluster>::<address>::<property>::<value>` */
export function parseUnhealthy(text: string): UnhealthyEndpoint[] {
  const found: UnhealthyEndpoint[] = [];
  for (let at = text.indexOf(FLAGS); at >= 0; at = text.indexOf(FLAGS, at + FLAGS.length)) {
    const value = at + FLAGS.length;
    if (text.startsWith('healthy', value)) continue;
    const flags = text.slice(value, endOfLine(text, value));
    const health = STATES.find(([flag]) => flags.includes(flag))?.[1];
    const host = text.slice(text.lastIndexOf('\n', at) + 1, at);
    const where = /^(.+?)::\[?(.+?)\]?:(\d+)$/.exec(host);
    if (health === undefined || !where) continue;
    const [, cluster = '', address = '', port] = where;
    found.push({ cluster, address, port: Number(port), hostname: valueBefore(text, `\n${host}::hostname::`, at), health });
  }
  return found;
}

function valueBefore(text: string, line: string, before: number): string {
  const at = text.lastIndexOf(line, before);
  return at < 0 ? '' : text.slice(at + line.length, endOfLine(text, at + line.length));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The body, and when its first byte came; undefined when there is no answer in time. */
function fetchClusters(
  port: number,
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly body: string; readonly began: number } | undefined> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path, agent: false, timeout: ANSWER_WITHIN_MS, signal };
    const unanswered = () => resolve(undefined);
    const request = http.request(options, (response) => {
      const began = performance.now();
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve({ body: Buffer.concat(chunks).toString('latin1'), began });
        else unanswered();
      });
      response.on('error', unanswered);
    });
    request.on('timeout', () => request.destroy());
    request.on('close', unanswered);
    request.on('error', unanswered);
    request.end();
  });
}
