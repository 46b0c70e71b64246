import type { IncomingMessage } from 'node:http';
import { RequestError } from '../errors';

/**
 * Reads a request's body as UTF-8.
 * @throws RequestError with status 413 when it is longer than `maxBytes`; the rest is not read.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): RequestError => {
      const message = `the request's body is larger than ${maxBytes} bytes`;
      return new RequestError('bad-request', '$', message, { status: 413 });
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.removeAllListeners('data');
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.once('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)).toString('utf8') : Buffer.concat(chunks).toString('utf8')),
    );
    request.once('error', reject);
    request.once('aborted', () => reject(new RequestError('bad-request', '$', 'the request was broken off')));
  });
}
