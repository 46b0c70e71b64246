import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors';
import type { Settings } from '../settings';

/** A process that was killed is gone before its sockets are. */
const FREED_WITHIN_MS = 1_000;
const LOOK_EVERY_MS = 50;

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

async function checkPort(variable: string, host: string, port: number): Promise<void> {
  const until = performance.now() + FREED_WITHIN_MS;
  for (;;) {
    const error = await listeningError(host, port);
    if (!error) return;
    if (error.code !== 'EADDRINUSE' || performance.now() > until)
      throw new StartError(whatToDo(variable, host, port, error), { cause: error });
    await sleep(LOOK_EVERY_MS);
  }
}

function listeningError(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function whatToDo(variable: string, host: string, port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is in use: stop the program that listens there, or set ${variable}`;
  if (code === 'EACCES') return `port ${port} on ${host} may not be opened by this user: set ${variable} to a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is not an address of this machine: set LISTEN_HOST`;
  return `port ${port} on ${host} cannot be opened (${message}): set ${variable}`;
}
