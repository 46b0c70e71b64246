import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../errors';

/** Opens a server's port; resolves with the port that was given. @throws StartError when it cannot be opened */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(explain(error, host, port), { cause: error })));
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `ADMIN_PORT ${port} is in use on ${host}: stop the program that listens there, or set ADMIN_PORT to another port`;
    case 'EACCES':
      return `ADMIN_PORT ${port} may not be opened by this user: set ADMIN_PORT to a port above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `ADMIN_HOST ${host} is not an address of this machine: set ADMIN_HOST to one that is, such as 127.0.0.1`;
    default:
      return `ADMIN_PORT ${port} cannot be opened on ${host}: ${error.message}`;
  }
}
