import { once } from 'node:events';
import WebSocket from 'ws';

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A websocket of which every message is seen as it came. */
export class RawSocket {
  readonly messages: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: (() => void) | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.messages.push(JSON.parse((data as Buffer).toString()) as Message);
      this.#wake?.();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** @param url the http URL of a server */
  static async open(url: string, protocol: string | string[] | undefined, headers = {}, path = '/v1/graphql') {
    const socket = new WebSocket(url.replace('http', 'ws') + path, protocol, { headers });
    const raw = new RawSocket(socket);
    await once(socket, 'open');
    return raw;
  }

  /** The same, with the handshake of the protocol done; keep-alives are left out of what is received from then on. */
  static async connect(url: string, protocol: string, headers?: Record<string, string>) {
    const raw = await RawSocket.open(url, protocol);
    raw.send({ type: 'connection_init', payload: headers ? { headers } : {} });
    await raw.take((message) => message.type === 'connection_ack');
    return raw;
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Waits for the next message that fits, and takes it and all before it away. */
  async take(fits: (message: Message) => boolean = isNoKeepAlive, withinMs = 10_000): Promise<Message> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const index = this.messages.findIndex(fits);
      const found = this.messages[index];
      if (found) {
        this.messages.splice(0, index + 1);
        return found;
      }
      if (Date.now() > deadline) throw new Error(`no such message within ${withinMs} ms: ${JSON.stringify(this.messages)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now() + 1);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** What has come and was not taken, but for keep-alives. */
  rest(): Message[] {
    return this.messages.filter(isNoKeepAlive);
  }

  close(): void {
    this.socket.close();
  }
}

function isNoKeepAlive({ type }: Message): boolean {
  return type !== 'ka' && type !== 'ping';
}
