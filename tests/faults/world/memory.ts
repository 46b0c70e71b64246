import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';
import { ask } from '../../support/http-client';
import { eventually } from '../../support/eventually';
import type { World } from './world';

/** Resident memory of all instances, in megabytes, with what is garbage already. */
export function residentOf({ instances }: World): number {
  const kilobytes = instances.map(({ pid }) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** Memory of all instances, in megabytes, that is still in use after the garbage was collected. */
export async function usedBy({ inspectorPorts }: World): Promise<number> {
  const used = await Promise.all(inspectorPorts.map(usedAfterCollection));
  return used.reduce((sum, each) => sum + each, 0) / 1024 / 1024;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** By the inspector of Node, in bytes: the heap, and the buffers that lie beside it. */
async function usedAfterCollection(port: number): Promise<number> {
  const { body } = await eventually(() => ask({ port, path: '/json/list', headers: { host: `127.0.0.1:${port}` } }));
  const [target] = JSON.parse(body) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  await once(socket, 'open');
  const call = async (id: number, method: string): Promise<unknown> => {
    socket.send(JSON.stringify({ id, method }));
    for (;;) {
      const [message] = (await once(socket, 'message')) as [Buffer];
      const answer = JSON.parse(message.toString()) as { id?: number; result?: unknown };
      if (answer.id === id) return answer.result;
    }
  };
  await call(1, 'HeapProfiler.enable');
  await call(2, 'HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = (await call(3, 'Runtime.getHeapUsage')) as HeapUsage;
  socket.close();
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}
