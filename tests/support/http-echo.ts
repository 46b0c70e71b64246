import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server got, as it answers it. */
export interface HttpEcho {
  readonly server: string;
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpServer {
  readonly port: number;
  /** Requests that have come. */
  calls(): number;
  /** Answers what is under way, then closes. */
  stop(): Promise<void>;
  /** Breaks every connection and listens no more, at once. */
  kill(): void;
}

/** A plain HTTP/1.1 server on all addresses that answers 200 with an `HttpEcho`, or what `handler` makes of the request. */
export async function startHttpServer({
  name,
  port = 0,
  handler,
}: {
  name: string;
  port?: number;
  handler?: http.RequestListener;
}): Promise<HttpServer> {
  let calls = 0;
  const server = http.createServer((request, response) => {
    calls += 1;
    (handler ?? echo(name))(request, response);
  });
  server.listen(port, '0.0.0.0');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    calls: () => calls,
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
    kill: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function echo(server: string): http.RequestListener {
  return (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const answer: HttpEcho = { server, method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    });
  };
}
