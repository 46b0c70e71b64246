import net from 'node:net';
import { StartError } from '../errors';
import type { Settings } from '../settings';

/**
 * Refuses ports that Envoy could not listen on. Envoy itself would say so only when its listeners come, or not at all: its
 * sockets share their port (SO_REUSEPORT) with those of another Envoy, which would then get part of the calls.
 * @throws StartError naming the variable.
 */
export async function checkPortsAreFree({ listen, envoy }: Settings): Promise<void> {
  await checkPort('ENVOY_ADMIN_PORT', '127.0.0.1', envoy.adminPort);
  await checkPort('HTTP_PORT', listen.host, listen.httpPort);
  await checkPort('HTTPS_PORT', listen.host, listen.httpsPort);
}

function checkPort(variable: string, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartError(whatToDo(variable, host, port, error), { cause: error })),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function whatToDo(variable: string, host: string, port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is in use: stop the program that listens there, or set ${variable}`;
  if (code === 'EACCES') return `port ${port} on ${host} may not be opened by this user: set ${variable} to a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is not an address of this machine: set LISTEN_HOST`;
  return `port ${port} on ${host} cannot be opened (${message}): set ${variable}`;
}
