import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers with which a client offers another protocol; without them its request is one like any other. */
const OFFER = ['connection', 'upgrade', 'http2-settings'];

/**
 * The connections that asked to be something else than HTTP: Node hands them over whole, and a server that stops neither
 * waits for them with a limit nor closes them.
 */
export class Upgrades {
  readonly #open = new Set<Duplex>();

  /**
   * Serves upgrades to a websocket by `upgrade`; every other offer, such as that of HTTP/2 by curl and Java's client, is
   * passed over as HTTP allows, and the request is answered as it stands.
   */
  constructor(server: Server, upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void) {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
        passOver(server, request, socket, head);
        return;
      }
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
      // Node has taken its own listener away. A client that breaks off is no fault of ours; the close follows.
      socket.on('error', () => undefined);
      upgrade(request, socket, head);
    });
  }

  destroyAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
}

/** Answers an upgrade with a status, and closes. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** Gives the connection back to the server with the same request, the offer taken out. */
function passOver(server: Server, { method, url, httpVersion, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!OFFER.includes(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
  }
  server.emit('connection', socket);
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  socket.resume();
}
