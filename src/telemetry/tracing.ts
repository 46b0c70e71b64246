import type { IncomingHttpHeaders } from 'node:http';
import type { Context, Span as OpenSpan, SpanContext, SpanOptions } from '@opentelemetry/api';
import type { Logger } from '../log';
import type { Attributes, Span, SpanKind } from '../origin';
import { isTraceparent } from '../origin';
import type { Push, XdsClient } from '../xds';
import type { CarriedWrite } from './pushes';

/** OpenTelemetry's traces of requests, and of the pushes that carry their writes. */
export interface Tracing {
  /** The span of a request, which goes on with the trace of its `traceparent`; undefined when that is not recorded. */
  request(headers: IncomingHttpHeaders, name: string, attributes: Attributes): Span | undefined;
  /** The span of a push: a child of the first write that it carries, linked to all of them. Writes that are not traced have none. */
  pushed(push: Push, client: XdsClient, writes: readonly CarriedWrite[], ageMs: number): void;
  /** Sends what is left, for two seconds at most. */
  stop(): Promise<void>;
}

const STOP_MS = 2_000;
const SAMPLED = 1;

/**
 * Sends traces over OTLP, HTTP with JSON. Where to, which of them and under which name is read by OpenTelemetry's packages from
 * their standard variables (`OTEL_…`); they are loaded here and nowhere else, so that without traces they cost nothing.
 */
export async function startTracing(log: Logger): Promise<Tracing> {
  const api = await import('@opentelemetry/api');
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { detectResources, envDetector, resourceFromAttributes } = await import('@opentelemetry/resources');
  const { trace, ROOT_CONTEXT, SpanKind: Kind, SpanStatusCode } = api;
  const tell = (message: string): void => log.warn({ reason: message }, 'traces');
  const silent = (): void => undefined;
  api.diag.setLogger({ error: tell, warn: tell, info: silent, debug: silent, verbose: silent }, api.DiagLogLevel.WARN);

  const named = resourceFromAttributes({ 'service.name': 'enroute-gateway' });
  const provider = new BasicTracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('enroute-gateway');
  const kinds: Readonly<Record<SpanKind, number>> = { internal: Kind.INTERNAL, client: Kind.CLIENT };

  function spanOf(open: OpenSpan): Span {
    const context = trace.setSpan(ROOT_CONTEXT, open);
    const { traceId, spanId } = open.spanContext();
    return {
      child: (name, attributes = {}, kind = 'internal') =>
        spanOf(tracer.startSpan(name, { attributes, kind: kinds[kind] }, context)),
      set: (attributes) => void open.setAttributes(attributes),
      end(failure) {
        if (failure !== undefined) open.setStatus({ code: SpanStatusCode.ERROR, message: failure });
        open.end();
      },
      traceparent: `00-${traceId}-${spanId}-01`,
    };
  }

  /** The span of another process that a traceparent names. */
  function remote(traceparent: string, traceState?: string): SpanContext | undefined {
    if (!isTraceparent(traceparent)) return undefined;
    const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
    const state = traceState === undefined ? undefined : api.createTraceState(traceState);
    const context = {
      traceId,
      spanId,
      traceFlags: parseInt(flags, 16) & SAMPLED,
      isRemote: true,
      ...(state && { traceState: state }),
    };
    return api.isSpanContextValid(context) ? context : undefined;
  }

  function start(name: string, options: SpanOptions, parent: SpanContext | undefined): OpenSpan | undefined {
    const context: Context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    const open = tracer.startSpan(name, options, context);
    return open.isRecording() ? open : undefined;
  }

  return {
    request({ traceparent, tracestate }, name, attributes) {
      const parent = typeof traceparent === 'string' ? remote(traceparent, tracestate?.toString()) : undefined;
      const open = start(name, { attributes, kind: Kind.SERVER }, parent);
      return open && spanOf(open);
    },
    pushed({ kind, since, counter, resources, removed, bytes }, { node, proxy }, writes, ageMs) {
      const contexts = writes.flatMap(({ traceparent }) => (traceparent === undefined ? [] : (remote(traceparent) ?? [])));
      if (contexts.length === 0) return;
      const attributes = {
        'enroute.node': node,
        'enroute.proxy': proxy,
        'enroute.type': kind,
        'enroute.change.first': since,
        'enroute.change.last': counter,
        'enroute.resources': resources,
        'enroute.removed': removed,
        'enroute.bytes': bytes,
        'enroute.request_ids': writes.map(({ requestId }) => requestId),
      };
      const now = Date.now();
      const links = contexts.map((context) => ({ context }));
      const options = { attributes, links, kind: Kind.PRODUCER, startTime: now - Math.max(0, ageMs) };
      start(`push ${kind}`, options, contexts[0])?.end(now);
    },
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
      const done = provider
        .shutdown()
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'the last traces were not sent'));
      await Promise.race([done, late]);
    },
  };
}
