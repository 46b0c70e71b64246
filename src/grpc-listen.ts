import type { Server } from '@grpc/grpc-js';
import { logVerbosity, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { StartError } from './errors';

// The library writes to standard error by itself what it reports to us as well.
setLogVerbosity(logVerbosity.NONE);

/**
 * Opens a gRPC server's port, in clear; port 0 takes a free one.
 * @param settings the beginning of the names of the settings that chose the address, e.g. `XDS`
 * @returns the port
 * @throws StartError naming the setting and what is wrong
 */
export function listenGrpc(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  settings: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host.includes(':') ? `[${host}]` : host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
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
