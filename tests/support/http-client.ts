import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** SHA-256 fingerprint of the server's certificate; undefined in clear. */
  readonly fingerprint: string | undefined;
}

export interface Ask {
  readonly port: number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Speak TLS with this server name, accepting any certificate; an empty one is not sent. */
  readonly serverName?: string;
  readonly body?: string | Buffer;
}

/** One HTTP/1.1 request to loopback on a connection of its own; the Host header is whatever `headers` says. */
export function ask({ port, path = '/', method = 'GET', headers = {}, serverName, body }: Ask): Promise<Answer> {
  const options = { host: '127.0.0.1', port, path, method, headers, agent: false as const };
  return new Promise((resolve, reject) => {
    const receive = (response: http.IncomingMessage): void => {
      const { socket } = response;
      const fingerprint = serverName !== undefined ? (socket as TLSSocket).getPeerCertificate().fingerprint256 : undefined;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          fingerprint,
        }),
      );
    };
    const request =
      serverName !== undefined
        ? https.request({ ...options, servername: serverName, rejectUnauthorized: false }, receive)
        : http.request(options, receive);
    request.setTimeout(20_000, () => request.destroy(new Error(`no answer from port ${port} within 20 s`)));
    request.on('error', reject);
    request.end(body);
  });
}
