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
import type { Socket } from 'node:net';
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
    const socket = connect(Number(port), '127.0.0.1');
    socket.setNoDelay(true);
    let sent = 0;
    const send = (): void => {
      sent = performance.now();
      socket.write(request);
    };
    onAnswers(socket, (first) => {
      times.push(performance.now() - sent);
      if (times.length === 1 && !/^HTTP\/1\.1 200[^]*\{"data":\{/.test(first)) reject(new Error(`no answer of data: ${first}`));
      if (!isOver) return send();
      socket.destroy();
      resolve();
    });
    socket.once('connect', send);
    socket.once('error', reject);
  });
}

/** Calls back at the end of each answer with the text of its first piece. Answers have a Content-Length. */
function onAnswers(socket: Socket, onAnswer: (first: string) => void): void {
  let missing = 0;
  let first = '';
  socket.on('data', (chunk) => {
    if (missing === 0) {
      first = chunk.toString('latin1', 0, 600);
      const end = first.indexOf('\r\n\r\n');
      const length = /\r\ncontent-length: (\d+)/i.exec(first.slice(0, end))?.[1];
      if (end < 0 || length === undefined) throw new Error(`an answer without a Content-Length: ${first}`);
      missing = end + 4 + Number(length);
    }
    missing -= chunk.length;
    if (missing === 0) onAnswer(first);
  });
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
