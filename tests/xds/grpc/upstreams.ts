import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';

/** The methods that every upstream has. */
const METHODS = ['/tests.Plain/Call', '/tests.One/Call', '/tests.Two/Call'];

export interface NamedUpstream {
  readonly port: number;
  stop(): void;
}

/** A gRPC server on loopback that answers every call with its name; messages are bytes. */
export async function startNamedUpstream(name: string): Promise<NamedUpstream> {
  const server = new Server();
  const bytes = (value: Buffer): Buffer => value;
  const common = {
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  } as const;
  const answer = (_: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void => callback(null, Buffer.from(name));
  server.addService(
    Object.fromEntries(METHODS.map((path) => [path, { path, ...common }])),
    Object.fromEntries(METHODS.map((path) => [path, answer])),
  );
  const port = await promisify(server.bindAsync.bind(server))('127.0.0.1:0', ServerCredentials.createInsecure());
  return { port, stop: () => server.forceShutdown() };
}
