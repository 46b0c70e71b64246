import type { Server } from '@grpc/grpc-js';
import { logVerbosity, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import type { ServerTls } from './certificates';
import { StartError } from './errors';

// The library writes to standard error by itself what it reports to us as well.
setLogVerbosity(logVerbosity.NONE);

export interface GrpcAddress {
  readonly host: string;
  readonly port: number;
  /** By which clients are asked for a certificate. */
  readonly tls?: Pick<ServerTls, 'credentials'> | undefined;
}

/**
 * Opens a gRPC server's port, in clear unless there is `tls`; port 0 takes a free one.
 * @param settings the beginning of the names of the settings that chose the address, e.g. `XDS`
 * @returns the port
 * @throws StartError naming the setting and what is wrong
 */
export function listenGrpc(server: Server, { host, port, tls }: GrpcAddress, settings: string): Promise<number> {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, tls?.credentials() ?? ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(new StartError(`${settings}_PORT ${port} cannot be used on ${settings}_HOST ${host}: ${reason(error)}`));
      else resolve(bound);
    });
  });
}

function reason({ message }: Error): string {
  if (message.includes('EADDRINUSE')) return 'it is in use by another program';
  if (message.includes('EACCES')) return 'this user may not open it';
  if (message.includes('EADDRNOTAVAIL')) return 'this machine does not have that address';
  return message;
}
