import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What a request is known by in logs and traces, handed on to all that it makes happen. */
export interface Origin {
  readonly requestId: string;
  /** Undefined when the request is not traced. */
  readonly span?: Span | undefined;
}

/** A step that is traced. */
export interface Span {
  /** A step within this one, begun now. */
  child(name: string, attributes?: Attributes, kind?: SpanKind): Span;
  set(attributes: Attributes): void;
  /** @param failure what went wrong, when something did */
  end(failure?: string): void;
  /** For those who go on with the trace elsewhere, in the form of W3C's header. */
  readonly traceparent: string;
}

/** `client` asks another program. */
export type SpanKind = 'internal' | 'client';

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:+/=-]{0,127}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

const origins = new WeakMap<IncomingMessage, Origin>();

/** The caller's own `X-Request-Id` when it is of up to 128 letters, digits and `._:+/=-`, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

export function setOrigin(request: IncomingMessage, origin: Origin): void {
  origins.set(request, origin);
}

/** The origin that a request was given at the door; undefined when it came by none. */
export function originOf(request: IncomingMessage): Origin | undefined {
  return origins.get(request);
}

/** Whether a text is a `traceparent` of W3C Trace Context; a later version may have more behind it, which is not taken. */
export function isTraceparent(text: string): boolean {
  return TRACEPARENT.test(text);
}

/** An origin as it is written beside what it changed. */
export function originText({ requestId, span }: Origin): string {
  return span ? `${requestId} ${span.traceparent}` : requestId;
}

/** Reads such a text; one that somebody else wrote, and that is none, is undefined. */
export function readOrigin(text: string): { readonly requestId: string; readonly traceparent: string | undefined } | undefined {
  const [requestId = '', traceparent, ...rest] = text.split(' ');
  if (rest.length > 0 || !REQUEST_ID.test(requestId)) return undefined;
  return { requestId, traceparent: traceparent !== undefined && isTraceparent(traceparent) ? traceparent : undefined };
}
