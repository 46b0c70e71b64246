import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { credentials, loadPackageDefinition, Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import type {
  ChannelOptions,
  Client,
  ClientDuplexStream,
  ClientReadableStream,
  ClientUnaryCall,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceClientConstructor,
  ServiceError,
  sendUnaryData,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

export interface EchoRequest {
  readonly text: string;
  /** How often `Stream` answers; at least once. */
  readonly count?: number;
  /** Milliseconds before each answer. */
  readonly delayMs?: number;
}

export interface EchoReply {
  readonly text: string;
  /** The name of the server that answers. */
  readonly server: string;
}

const loaded = loadPackageDefinition(loadSync(path.join(__dirname, '../proto/echo.proto'), { defaults: true })) as unknown as {
  tests: { echo: { Echo: ServiceClientConstructor } };
};
const Echo = loaded.tests.echo.Echo;

export interface EchoServer {
  readonly port: number;
  /** Calls that have come, of all three methods. */
  calls(): number;
  /** Lets calls under way end. */
  stop(): Promise<void>;
  /** Resets every connection and listens no more, at once. */
  kill(): void;
}

/** A plain gRPC server of `tests.echo.Echo` on all addresses: no HTTP/1, no `grpc.health.v1`, no reflection. */
export async function startEchoServer({ name, port = 0 }: { name: string; port?: number }): Promise<EchoServer> {
  const server = new Server();
  let calls = 0;
  const reply = async ({ text, delayMs = 0 }: EchoRequest): Promise<EchoReply> => {
    if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
    return { text, server: name };
  };
  /** What the caller sent comes back as `echo-<name>`, so that a test sees what a gateway added. */
  const received = (metadata: Metadata) => {
    const initial = new Metadata();
    for (const [key, value] of Object.entries(metadata.getMap())) {
      if (!key.startsWith('grpc-') && !key.endsWith('-bin')) initial.set(`echo-${key}`, value.toString());
    }
    return initial;
  };
  server.addService(Echo.service, {
    Say: (call: ServerUnaryCall<EchoRequest, EchoReply>, callback: sendUnaryData<EchoReply>) => {
      calls += 1;
      call.sendMetadata(received(call.metadata));
      reply(call.request).then((value) => callback(null, value), callback);
    },
    Stream: (call: ServerWritableStream<EchoRequest, EchoReply>) => {
      calls += 1;
      call.sendMetadata(received(call.metadata));
      const answers = async () => {
        for (let left = Math.max(1, call.request.count ?? 1); left > 0 && !call.cancelled; left -= 1)
          call.write(await reply(call.request));
        call.end();
      };
      answers().catch((error: Error) => call.destroy(error));
    },
    Chat: (call: ServerDuplexStream<EchoRequest, EchoReply>) => {
      calls += 1;
      call.sendMetadata(received(call.metadata));
      // Iterating with `for await` would destroy the stream before its status is sent.
      let answered = Promise.resolve();
      call.on('data', (request: EchoRequest) => {
        answered = answered.then(async () => void call.write(await reply(request)));
      });
      call.on('end', () => void answered.then(() => call.end()));
    },
  });
  // The connections are ours, so that `kill` can reset them as the system does with those of a killed process.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<net.Socket>();
  const listener = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    injector.injectConnection(socket);
  });
  listener.listen(port, '0.0.0.0');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    calls: () => calls,
    stop: async () => {
      listener.close();
      await promisify(server.tryShutdown.bind(server))();
    },
    kill: () => {
      listener.close();
      for (const socket of sockets) socket.resetAndDestroy();
      server.forceShutdown();
    },
  };
}

export interface Answered {
  readonly reply: EchoReply;
  /** Initial metadata: the response headers. */
  readonly metadata: Metadata;
}

export interface CallOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
}

export interface EchoClient {
  /** Rejects with grpc-js' ServiceError, which carries `code`, `details` and `metadata`. */
  say(request: EchoRequest | string, options?: CallOptions): Promise<Answered>;
  stream(request: EchoRequest, options?: CallOptions): Promise<EchoReply[]>;
  chat(options?: CallOptions): ClientDuplexStream<EchoRequest, EchoReply>;
  close(): void;
}

export interface EchoClientOptions {
  /** The `:authority`, when it is not the address: the host that the gateway routes by. */
  readonly authority?: string;
  /** PEM of the certificate authority that the server's certificate is checked against; without it the call is in clear. */
  readonly ca?: string | Buffer;
  readonly channel?: ChannelOptions;
}

/** A client of `tests.echo.Echo` at `host:port`, on a connection of its own. */
export function echoClient(address: string, { authority, ca, channel }: EchoClientOptions = {}): EchoClient {
  const named =
    authority === undefined ? {} : { 'grpc.default_authority': authority, 'grpc.ssl_target_name_override': authority };
  const client: EchoMethods = new Echo(
    address,
    ca === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(ca)),
    {
      'grpc.use_local_subchannel_pool': 1,
      ...named,
      ...channel,
    },
  ) as unknown as EchoMethods;
  return {
    say: (request, options) =>
      new Promise((resolve, reject) => {
        let metadata = new Metadata();
        const message = typeof request === 'string' ? { text: request } : request;
        const call = client.Say(message, sent(options), limits(options), (error, reply) => {
          if (error || !reply) reject(error ?? new Error('neither an error nor a reply'));
          else resolve({ reply, metadata });
        });
        call.on('metadata', (headers) => (metadata = headers));
      }),
    stream: async (request, options) => {
      const replies: EchoReply[] = [];
      for await (const reply of client.Stream(request, sent(options), limits(options))) replies.push(reply as EchoReply);
      return replies;
    },
    chat: (options) => client.Chat(sent(options), limits(options)),
    close: () => client.close(),
  };
}

interface EchoMethods extends Client {
  Say(
    request: EchoRequest,
    metadata: Metadata,
    options: object,
    callback: (error: ServiceError | null, reply?: EchoReply) => void,
  ): ClientUnaryCall;
  Stream(request: EchoRequest, metadata: Metadata, options: object): ClientReadableStream<EchoReply>;
  Chat(metadata: Metadata, options: object): ClientDuplexStream<EchoRequest, EchoReply>;
}

function sent({ metadata = {} }: CallOptions = {}): Metadata {
  const result = new Metadata();
  for (const [key, value] of Object.entries(metadata)) result.set(key, value);
  return result;
}

function limits({ deadlineMs }: CallOptions = {}): { deadline?: number } {
  return deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
}
