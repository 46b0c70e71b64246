import http from 'node:http';

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers: http.IncomingHttpHeaders;
      readonly ms: number;
    }
  /** `nothing was sent` is known of a connection that was refused. */
  | { readonly kind: 'failure'; readonly reason: string; readonly nothingWasSent: boolean; readonly ms: number };

export interface Sent {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: http.Agent;
  readonly timeoutMs?: number;
}

/** One request; never rejects. */
export function send({ port, method = 'GET', path, headers = {}, body, agent, timeoutMs = 15_000 }: Sent): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    let isConnected = false;
    const fail = (error: Error): void => {
      const ms = performance.now() - started;
      const { code = '' } = error as NodeJS.ErrnoException;
      resolve({ kind: 'failure', reason: code || error.message, nothingWasSent: !isConnected && code === 'ECONNREFUSED', ms });
    };
    const options = { host: '127.0.0.1', port, method, path, headers, agent: agent ?? (false as const) };
    let request: http.ClientRequest;
    try {
      request = http.request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('aborted', () => fail(new Error('aborted')));
        response.on('end', () => {
          const { statusCode: status = 0, headers: given } = response;
          resolve({
            kind: 'answer',
            status,
            body: Buffer.concat(chunks).toString(),
            headers: given,
            ms: performance.now() - started,
          });
        });
      });
    } catch (error) {
      return fail(error as Error);
    }
    request.on('socket', (socket) => {
      if (!socket.connecting) isConnected = true;
      else socket.once('connect', () => (isConnected = true));
    });
    request.setTimeout(timeoutMs, () => request.destroy(new Error('no answer in time')));
    request.on('error', fail);
    request.end(body);
  });
}

/** A REST form post. */
export function form(
  port: number,
  method: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  agent?: http.Agent,
): Promise<Outcome> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send({ port, method, path, headers, body: new URLSearchParams(fields).toString(), ...(agent && { agent }) });
}

export function graphql(port: number, query: string, variables: object = {}, agent?: http.Agent): Promise<Outcome> {
  const headers = { 'content-type': 'application/json' };
  return send({
    port,
    method: 'POST',
    path: '/v1/graphql',
    headers,
    body: JSON.stringify({ query, variables }),
    ...(agent && { agent }),
  });
}
