import { once } from 'node:events';
import net from 'node:net';

/** A way to the database that can fall silent, be slow, be cut, and lead elsewhere. */
export class Wire {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #target: number;
  /** Milliseconds by which each message to the database is late. */
  delayMs = 0;
  /** Takes new connections, and forwards nothing. */
  isSilent = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = net.createServer((socket) => this.#connect(socket));
  }

  static async open(target: number): Promise<Wire> {
    const wire = new Wire(target);
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get url(): string {
    return `postgres://gateway@127.0.0.1:${(this.#server.address() as net.AddressInfo).port}/postgres`;
  }

  #connect(socket: net.Socket): void {
    this.#keep(socket);
    if (this.isSilent) return void socket.resume();
    const onward = net.connect(this.#target, '127.0.0.1');
    this.#keep(onward);
    const close = (): void => {
      socket.destroy();
      onward.destroy();
    };
    for (const end of [socket, onward]) end.on('close', close);
    let sending = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      if (this.delayMs === 0) return void sending.then(() => onward.write(chunk));
      const due = new Promise<void>((resolve) => setTimeout(resolve, this.delayMs));
      sending = sending.then(() => due).then(() => void onward.write(chunk));
    });
    onward.on('data', (chunk: Buffer) => socket.write(chunk));
  }

  #keep(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** What is connected now hears nothing more, and is not told. */
  freeze(): void {
    for (const socket of this.#sockets) {
      socket.removeAllListeners('data');
      socket.removeAllListeners('close');
      socket.resume();
    }
  }

  /** New connections lead there. */
  lead(port: number): void {
    this.#target = port;
    this.isSilent = false;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
