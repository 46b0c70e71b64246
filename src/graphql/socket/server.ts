import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { originOf } from '../../origin';
import { pathOf } from '../../request-url';
import type { ConnectionOptions } from './connection';
import { Connection } from './connection';
import { protocolFor } from './protocol';

export interface SocketOptions extends Omit<ConnectionOptions, 'headers' | 'origin' | 'asLegacy' | 'stream' | 'goneMs'> {
  /** See ConnectionOptions; a minute when undefined. */
  readonly goneMs?: number;
  /** The longest message of a client. */
  readonly maxMessageBytes: number;
}

/** The websocket door (contract 11). */
export interface SocketServer {
  /** Takes over a connection that asks to be a websocket; false when its path is not one of GraphQL's. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Closes every connection with a close code of the websocket protocol. */
  closeAll(code: number, reason: string): void;
}

const MAX_CONNECTIONS = 20_000;
const GONE_MS = 60_000;
const PATHS: Readonly<Record<string, { readonly asLegacy: boolean }>> = {
  '/v1/graphql': { asLegacy: false },
  '/v1alpha1/graphql': { asLegacy: true },
};

export function createSocketServer({ maxMessageBytes, goneMs = GONE_MS, ...options }: SocketOptions): SocketServer {
  const connections = new Set<Connection>();
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => {
      const { name } = protocolFor(offered);
      return offered.has(name) ? name : false;
    },
  });
  return {
    handleUpgrade(request, socket, head) {
      const path = pathOf(request.url);
      const found = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
      if (!found) return false;
      if (connections.size >= MAX_CONNECTIONS) {
        const text = `there are ${MAX_CONNECTIONS} websockets, and no more are taken`;
        const head = `Content-Type: text/plain\r\nContent-Length: ${text.length}`;
        socket.end(`HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n${head}\r\n\r\n${text}`, () => socket.destroy());
        return true;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        const protocol = protocolFor([opened.protocol]);
        const connection = new Connection(opened, protocol, {
          ...options,
          ...found,
          headers: request.headers,
          origin: originOf(request),
          stream: socket as Socket,
          goneMs,
        });
        connections.add(connection);
        opened.once('close', () => connections.delete(connection));
      });
      return true;
    },
    closeAll(code, reason) {
      for (const connection of connections) connection.close(code, reason);
    },
  };
}
