import { once } from 'node:events';
import net from 'node:net';

/**
 * Ports that the system gives to nobody by itself (it begins at 32768): one that was found free would else be taken by any
 * connection in between. Each worker of the tests has a stretch of its own.
 */
const FIRST = 12_000;
const STRETCH = 2_500;
const WORKERS = 8;

const begin = FIRST + (Number(process.env.JEST_WORKER_ID ?? 1) % WORKERS) * STRETCH;
let next = begin + Math.floor(Math.random() * STRETCH);

/** `count` different TCP ports that nothing listens on now, and that are not given out again soon. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried += 1) {
    if (tried > STRETCH) throw new Error(`${count} free ports are not to be had from ${begin} on`);
    next = next + 1 < begin + STRETCH ? next + 1 : begin;
    if (await isFree(next)) ports.push(next);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = net.createServer();
  try {
    server.listen(port);
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
