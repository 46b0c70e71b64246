import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { echoClient, startEchoServer } from '../../../support/grpc-echo';
import { grpcUpstream, route, service } from '../../../support/models';
import type { GatewayUnderTest } from '../gateway-under-test';
import type { EditKind } from './edits';
import { Editor } from './edits';
import { History } from './history';
import type { BadAnswer } from './load';
import { Load } from './load';

export interface ChurnOptions {
  readonly seconds: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seed: number;
  /** Restart the xDS server so often, in milliseconds. */
  readonly restartEvery?: number;
  readonly kinds?: readonly EditKind[];
}

export interface ChurnReport {
  readonly requests: number;
  readonly edits: number;
  readonly restarts: number;
  readonly bad: readonly BadAnswer[];
  /** What became of the gRPC stream, when it did not last. */
  readonly streamErrors: readonly string[];
  readonly streamReplies: number;
  /** Milliseconds for which answers came from a configuration that had been replaced. */
  readonly stale: readonly number[];
  readonly firstServed: readonly number[];
  /** Hosts that were written and not served by the end, though two seconds or more had passed. */
  readonly unserved: readonly string[];
}

const SERVERS = ['s0', 's1', 's2', 's3', 's4', 's5', 'wild0', 'wild1', 'star0', 'star1'];
/** The more often one stands here, the more often it happens. */
const EDITS: readonly EditKind[] = [
  ...(['create', 'create', 'delete', 'edit', 'filter', 're-weight', 're-weight', 're-point', 're-point'] as const),
  ...(['move upstream', 'silent upstream', 'swap', 'swap', 'rename', 'cover', 'wildcard', 'star'] as const),
];
const EDIT_EVERY_MS = 60;
const MOST_HOSTS = 60;
const FEWEST_HOSTS = 12;

/** Edits a proxy's configuration without pause while requests are sent, and judges every answer. */
export async function churn(gateway: GatewayUnderTest, options: ChurnOptions): Promise<ChurnReport> {
  const servers = await Promise.all(SERVERS.map(startNamed));
  const silent = net.createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const silentPort = (silent.address() as AddressInfo).port;
  const echo = await startEchoServer({ name: 'grpc' });
  const history = new History(new Set([silentPort]), new Map(servers.map(({ port, name }) => [port, name])));
  const fixed = [service(1, 'grpc.test', [route(1, '/', [grpcUpstream(1, echo.port)])])];
  const portsOf = (kind: string): number[] => servers.flatMap(({ name, port }) => (name.startsWith(kind) ? [port] : []));
  const ports = {
    exact: portsOf('s').filter((port) => !portsOf('star').includes(port)),
    wildcard: portsOf('wild'),
    star: portsOf('star'),
  };
  const editor = new Editor(options.seed, { ...ports, silent: silentPort }, fixed);
  const load = new Load(gateway.httpPort, history);
  const write = (text: string): void => {
    history.write(editor.model, text);
    gateway.set(history.current);
  };
  write('the first');
  await Promise.all(editor.hosts.filter((host) => host !== 'grpc.test').map((host) => load.add(host)));
  const stream = await openStream(gateway.httpPort);
  const running = load.run(options.rate, options.seconds);
  const counts = await edit(gateway, editor, load, write, options);
  await sleep(2_000);
  const unserved = load.unserved;
  await running;
  stream.close();
  echo.kill();
  silent.close();
  for (const { server } of servers) server.close().closeAllConnections();
  return { ...counts, ...stream, ...load, requests: load.requests, unserved };
}

async function edit(
  gateway: GatewayUnderTest,
  editor: Editor,
  load: Load,
  write: (text: string) => void,
  { seconds, kinds = EDITS, seed, restartEvery = Infinity }: ChurnOptions,
): Promise<{ edits: number; restarts: number }> {
  const end = performance.now() + seconds * 1_000 - 2_000;
  let nextRestart = performance.now() + restartEvery;
  let edits = 0;
  let restarts = 0;
  for (let turn = seed; performance.now() < end; turn += 1) {
    if (performance.now() > nextRestart) {
      await gateway.restartXds();
      restarts += 1;
      nextRestart += restartEvery;
    }
    // Some come in bursts, each a transaction of its own.
    for (let burst = turn % 5 === 0 ? 4 : 1; burst > 0; burst -= 1) {
      const { length } = editor.hosts;
      const wished = kinds[(turn * 7 + burst * 5 + Math.floor(turn / kinds.length)) % kinds.length]!;
      const kind =
        length > MOST_HOSTS && wished === 'create' ? 'delete' : length < FEWEST_HOSTS && wished === 'delete' ? 'create' : wished;
      const { text, went, came } = editor.apply(kind);
      for (const host of went) load.remove(host);
      write(text);
      for (const host of came) void load.add(host);
      edits += 1;
    }
    await sleep(EDIT_EVERY_MS);
  }
  return { edits, restarts };
}

/** A gRPC stream that says something ten times a second and must hear it back. */
async function openStream(port: number): Promise<{ streamErrors: string[]; readonly streamReplies: number; close: () => void }> {
  const client = echoClient(`127.0.0.1:${port}`, { authority: 'grpc.test' });
  const deadline = performance.now() + 10_000;
  while (!(await client.say('ready').catch(() => undefined)))
    if (performance.now() > deadline) throw new Error('the gRPC host is not served');
  const chat = client.chat();
  const streamErrors: string[] = [];
  let sent = 0;
  let replies = 0;
  chat.on('error', (error) => streamErrors.push(`after ${replies} replies: ${error.message}`));
  chat.on('data', () => (replies += 1));
  const timer = setInterval(() => {
    if (sent > replies + 50 && streamErrors.length === 0) streamErrors.push(`${sent} sent, ${replies} came back`);
    chat.write({ text: String((sent += 1)) });
  }, 100);
  return {
    streamErrors,
    get streamReplies() {
      return replies;
    },
    close: () => {
      clearInterval(timer);
      chat.removeAllListeners('error').on('error', () => undefined);
      chat.cancel();
      client.close();
    },
  };
}

/** Answers its name; never closes a connection by itself, which would be a bad answer of its own. */
async function startNamed(name: string): Promise<{ name: string; port: number; server: http.Server }> {
  const server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    request.resume().on('end', () => response.end(name));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { name, port: (server.address() as AddressInfo).port, server };
}
