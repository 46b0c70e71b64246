import { collectDefaultMetrics, Counter, Histogram, register, Registry } from 'prom-client';

/** What is counted of the requests, by method, path template and status. */
export interface RequestMetrics {
  /** Counts one answered request; the time is left out for an answer that goes on for as long as the client listens. */
  observe(method: string, route: string, status: number, seconds: number | undefined): void;
  /** Everything of this process in Prometheus' text form, the other rooms' metrics included. */
  text(): Promise<string>;
  readonly contentType: string;
}

const LABELS = ['method', 'route', 'status'] as const;
const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'];

/** The metrics of one method, route and status, kept because to find them by their labels is not cheap. */
interface Observed {
  readonly requests: Counter.Internal;
  readonly duration: Histogram.Internal<string>;
}

/** @param registry what else of this server is shown; its own, so that several may run in one process */
export function createRequestMetrics(registry: Registry = new Registry()): RequestMetrics {
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'enroute_http_requests_total',
    help: 'Requests answered on the admin port.',
    labelNames: LABELS,
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'enroute_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: LABELS,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  const known = new Map<string, Observed>();
  const observed = (method: string, route: string, status: number): Observed => {
    const labels = { method: KNOWN_METHODS.includes(method) ? method : 'other', route, status: String(status) };
    const made = { requests: requests.labels(labels), duration: duration.labels(labels) };
    known.set(`${method} ${status} ${route}`, made);
    return made;
  };
  return {
    observe(method, route, status, seconds) {
      const one = known.get(`${method} ${status} ${route}`) ?? observed(method, route, status);
      one.requests.inc();
      if (seconds !== undefined) one.duration.observe(seconds);
    },
    text: () => Registry.merge([register, registry]).metrics(),
    contentType: registry.contentType,
  };
}
