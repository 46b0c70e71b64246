import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLEngine } from '../../src/graphql';

/** An engine behind a port of its own. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export async function serve(engine: GraphQLEngine): Promise<Served> {
  const server = createServer((request, response) => {
    if (!engine.handle(request, response)) response.writeHead(404).end('not mine');
  });
  server.on('upgrade', (request, socket, head) => {
    if (!engine.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await engine.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers });
  return { status: response.status, headers: response.headers, json: (await response.json()) as unknown };
}
