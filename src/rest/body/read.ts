import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../../errors';

/** The caller went away before its body was complete: nobody is left to answer. */
export class RequestAborted extends Error {
  override readonly name = 'RequestAborted';
}

/**
 * The whole body, at most `limit` bytes and the `overhead` of its form. What comes after that is read and dropped, so that
 * the caller gets the answer instead of a broken connection; node's request timeout bounds it.
 * @throws GatewayError body_too_large @throws RequestAborted
 */
export function readBody(request: IncomingMessage, limit: number, overhead = 0): Promise<Buffer> {
  const most = limit + overhead;
  const announced = Number(request.headers['content-length'] ?? 0);
  const tooLarge = () => new GatewayError('body_too_large', `the body is larger than ${limit} bytes: nothing was stored`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else if (chunks.splice(0).length > 0) reject(tooLarge());
    });
    request.once('end', () => (size <= most ? resolve(Buffer.concat(chunks)) : reject(tooLarge())));
    request.once('error', () => reject(new RequestAborted()));
    if (announced > most) reject(tooLarge());
  });
}

/** @throws GatewayError when the bytes are not UTF-8 */
export function decodeUtf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new GatewayError('malformed_body', 'the body is not UTF-8 text');
  return bytes.toString('utf8');
}
