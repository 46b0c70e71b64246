import { performance } from 'node:perf_hooks';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';
import type { Node } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import type { Logger } from '../../log';
import type { ConfigStore, ProxyConfig, RateLimitConfigs } from '../config';
import { RATE_LIMIT_CONFIG } from '../translate';
import type { XdsClient, XdsObserver } from './observer';
import type { Request, Variant } from './protocol';
import { openRateLimits } from './rate-limit-stream';
import type { RateLimitSession } from './rate-limit-session';
import type { Rejections } from './rejections';
import { Session } from './session';
import { Unanswered } from './unanswered';
import { encodeDelivery } from './wire';

export interface StreamOptions {
  readonly configs: ConfigStore;
  /** The proxy of a client whose node names no cluster. */
  readonly defaultProxy: string;
  readonly log: Logger;
  /** What clients rejected, of all streams. */
  readonly rejections: Rejections;
  readonly observer: XdsObserver;
  readonly rateLimits: RateLimitConfigs;
}

/** What both kinds of requests say of the client. */
interface Message {
  readonly typeUrl: string;
  readonly node?: Node | undefined;
}

interface Reader<M> {
  /** Throws on what no proxy has. */
  read(message: M): Request;
  /** Of whatever type. */
  readAsked(message: M): Omit<Request, 'kind'>;
}

/**
 * Serves one stream of a client, which says which proxy it is by its node's cluster. Who asks for rate limits is no Envoy of a
 * proxy, whatever its node says.
 */
export function serveStream<M extends Message>(
  call: ServerDuplexStream<M, Buffer>,
  variant: Variant,
  { read, readAsked }: Reader<M>,
  { configs, defaultProxy, log, rejections, observer, rateLimits }: StreamOptions,
): void {
  let close = (): void => undefined;
  let session: Session | undefined;
  let client: XdsClient | undefined;
  let rateLimitSession: RateLimitSession | undefined;
  const unanswered = new Unanswered();
  let streamLog = log;

  function open({ node }: M): Session {
    const proxy = node?.cluster || defaultProxy;
    streamLog = log.child({ proxy, node: node?.id });
    streamLog.info({ peer: call.getPeer(), variant }, 'Envoy connected');
    const { config, release } = configs.open(proxy);
    const opened = new Session(config, variant, {
      send: (delivery) => {
        const { kind, version, resources, removed } = delivery;
        streamLog.debug({ type: kind, version, sent: resources.length, removed: removed.length }, 'sent');
        const encoded = encodeDelivery(variant, delivery);
        call.write(encoded);
        unanswered.sent(kind, delivery.nonce);
        observer.sent?.(described, {
          kind,
          since: delivery.since,
          counter: config.version,
          resources: resources.length,
          removed: removed.length,
          bytes: encoded.length,
        });
      },
      now: () => performance.now(),
      after: (milliseconds, callback) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
      log: streamLog,
      rejections,
      client: clientOf(node),
      onMoved: () => observer.moved(described),
    });
    const described = describe(opened, config, { node: node?.id ?? '', peer: call.getPeer(), client: clientOf(node) });
    client = described;
    observer.connected(described);
    const closeOther = close;
    close = () => {
      close = () => undefined;
      closeOther();
      streamLog.info('Envoy disconnected');
      opened.close();
      release();
      observer.gone(described);
    };
    return opened;
  }

  function askForRateLimits(message: M): void {
    if (!rateLimitSession) {
      const opened = openRateLimits(call, variant, message.node, { rateLimits, log });
      const closeOther = close;
      close = () => {
        close = () => undefined;
        closeOther();
        opened.close();
      };
      rateLimitSession = opened.session;
    }
    rateLimitSession.onRequest(readAsked(message));
  }

  call.on('data', (message: M) => {
    try {
      if (message.typeUrl === RATE_LIMIT_CONFIG) {
        askForRateLimits(message);
        return;
      }
      session ??= open(message);
      const request = read(message);
      if (client && unanswered.isAnswer(request)) observer.answered?.(client, request.kind, request.rejection === undefined);
      session.onRequest(request);
    } catch (error) {
      streamLog.warn({ error: String(error) }, 'an xDS stream was ended');
      close();
      call.emit('error', { code: status.INVALID_ARGUMENT, details: String(error), metadata: new Metadata() });
    }
  });
  call.on('end', () => {
    close();
    call.end();
  });
  call.on('cancelled', () => close());
  call.on('error', (error: Error) => {
    streamLog.debug({ error: error.message }, 'xDS stream');
    close();
  });
}

function describe(session: Session, config: ProxyConfig, fixed: Pick<XdsClient, 'node' | 'peer' | 'client'>): XdsClient {
  return {
    ...fixed,
    proxy: config.name,
    connectedSince: new Date(),
    get acknowledged() {
      return session.acknowledged;
    },
    get heldBack() {
      return session.heldBack.map(({ kind, name, host, reason }) => ({
        ...config.objectOf(kind, name, host),
        resource: name,
        reason,
      }));
    },
    get lastError() {
      return session.lastError;
    },
  };
}

/** The program and its version, such as `envoy/1.40.0`. */
function clientOf(node: Node | undefined): string {
  const { majorNumber = 0, minorNumber = 0, patch = 0 } = node?.userAgentBuildVersion?.version ?? {};
  const version = node?.userAgentBuildVersion ? `${majorNumber}.${minorNumber}.${patch}` : (node?.userAgentVersion ?? '');
  return `${node?.userAgentName || 'unknown'}/${version}`;
}
