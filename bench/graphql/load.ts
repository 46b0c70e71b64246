/**
 * A load generator of its own process: so many connections, each sending one request after the other as soon as the answer is
 * there. It does as little as it can, so that the servers get the processor.
 *
 *     tsx load.ts port path body connections seconds
 *
 * `CONNECTION` in the body stands for the number of the connection.
 *
 * Prints {"requests", "seconds", "p50", "p99"} (milliseconds) as JSON.
 */
import { connect } from 'node:net';
import { percentile } from '../statistics';

const [port = '', path = '', body = '', connections = '20', seconds = '3'] = process.argv.slice(2);
const times: number[] = [];
let isOver = false;

function requestOf(connection: number): Buffer {
  const own = body.replaceAll('CONNECTION', String(connection));
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(own)}`;
  return Buffer.from(`${head}\r\n\r\n${own}`);
}

function run(connection: number): Promise<void> {
  const request = requestOf(connection);
  return new Promise((resolve, reject) => {
    let sent = 0;
    const send = (): void => {
      sent = performance.now();
      socket.write(request);
    };
    const read = reader((first) => {
      times.push(performance.now() - sent);
      if (first && !/^HTTP\/1\.1 200[^]*\{"data":\{/.test(first)) reject(new Error(`no answer of data: ${first}`));
      if (!isOver) return send();
      socket.destroy();
      resolve();
    });
    // One buffer a connection: a new one for every piece costs as much as all the rest.
    const onread = {
      buffer: Buffer.allocUnsafe(64 * 1024),
      callback: (length: number, buffer: Uint8Array) => {
        read(length, buffer);
        return true;
      },
    };
    const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true, onread });
    socket.once('connect', send);
    socket.once('error', reject);
  });
}

/**
 * Takes pieces and calls back at the end of each answer, for the first of them with the text of its first piece. An answer in
 * one piece of the length that the one before it had is not looked at; any other has to have a Content-Length.
 */
function reader(onAnswer: (first: string | undefined) => void): (length: number, buffer: Uint8Array) => void {
  let usual = 0;
  let missing = 0;
  return (length, buffer) => {
    if (missing === 0 && length === usual) return onAnswer(undefined);
    let first: string | undefined;
    if (missing === 0) {
      const text = Buffer.from(buffer.buffer, buffer.byteOffset, Math.min(length, 600)).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const contentLength = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1];
      if (end < 0 || contentLength === undefined) throw new Error(`an answer without a Content-Length: ${text}`);
      missing = end + 4 + Number(contentLength);
      if (usual === 0) first = text;
      usual = missing;
    }
    missing -= length;
    if (missing === 0) onAnswer(first);
  };
}

async function main(): Promise<void> {
  const started = performance.now();
  setTimeout(() => (isOver = true), Number(seconds) * 1000);
  await Promise.all(Array.from({ length: Number(connections) }, (_, connection) => run(connection)));
  const took = (performance.now() - started) / 1000;
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(times, share));
  process.stdout.write(JSON.stringify({ requests: times.length, seconds: took, p50, p99 }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
