import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientDuplexStream, ServerDuplexStream } from '@grpc/grpc-js';
import { credentials, Metadata, Client, Server } from '@grpc/grpc-js';
import pino from 'pino';
import type { ServerTls } from '../../src/certificates';
import { openServerTls } from '../../src/certificates';
import { generate } from '../../src/certgen';
import { StartError } from '../../src/errors';
import { listenGrpc } from '../../src/grpc-listen';
import { eventually } from '../support/eventually';

const base = mkdtempSync(path.join(tmpdir(), 'tls-'));
const made = path.join(base, 'made');
const used = {
  certificate: path.join(base, 'cert.pem'),
  privateKey: path.join(base, 'key.pem'),
  authority: path.join(base, 'ca.pem'),
};
const logged: { level: number; msg: string; reason?: string }[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[number]) });
const ECHO = {
  path: '/test.Echo/Say',
  requestStream: true,
  responseStream: true,
  requestSerialize: (text: string) => Buffer.from(text),
  requestDeserialize: String,
  responseSerialize: (text: string) => Buffer.from(text),
  responseDeserialize: String,
} as const;

let tls: ServerTls;
let server: Server;
let port: number;

const make = (existing: 'refuse' | 'renew', folder = made) => generate({ folder, hosts: [], days: 100, existing });
/** Puts the files of a folder where the server looks. */
function use(folder: string): void {
  for (const [name, file] of [
    ['cert.pem', used.certificate],
    ['key.pem', used.privateKey],
    ['ca.pem', used.authority],
  ] as const)
    copyFileSync(path.join(folder, 'server', name), file);
}

beforeAll(async () => {
  await make('refuse');
  use(made);
  tls = await openServerTls(used, log, 20);
  server = new Server();
  server.addService({ Say: ECHO }, { Say: (call: ServerDuplexStream<string, string>) => call.pipe(call) });
  port = await listenGrpc(server, { host: '127.0.0.1', port: 0, tls }, 'XDS');
});
afterAll(() => {
  server.forceShutdown();
  tls.close();
  rmSync(base, { recursive: true });
});
beforeEach(() => void logged.splice(0));

/** A client with the pair of a folder, or with none, that trusts an authority. */
function connect(folder: string | undefined, trusted = made): Client {
  const read = (...parts: string[]) => readFileSync(path.join(...parts));
  const ca = read(trusted, 'authority/cert.pem');
  const own = folder === undefined ? [] : ([read(folder, 'client/key.pem'), read(folder, 'client/cert.pem')] as const);
  return new Client(`127.0.0.1:${port}`, credentials.createSsl(ca, ...own), { 'grpc.use_local_subchannel_pool': 1 });
}

const open = (client: Client): ClientDuplexStream<string, string> =>
  client.makeBidiStreamRequest(ECHO.path, ECHO.requestSerialize, ECHO.responseDeserialize, new Metadata(), {
    deadline: Date.now() + 10_000,
  });

function say(stream: ClientDuplexStream<string, string>, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', resolve);
    stream.once('error', reject);
    stream.write(text);
  });
}

/** What a client of its own is answered, or why it is not. */
async function attempt(folder: string | undefined, trusted?: string): Promise<string> {
  const client = connect(folder, trusted);
  const stream = open(client);
  try {
    return await say(stream, 'hello');
  } catch (error) {
    return (error as Error).message;
  } finally {
    stream.on('error', () => undefined);
    stream.cancel();
    client.close();
  }
}

test('a client with a certificate of the authority is served; one without, or with another’s, is not', async () => {
  const strange = path.join(base, 'strange');
  await make('refuse', strange);
  expect(await attempt(made)).toBe('hello');
  expect(await attempt(undefined)).toMatch(/UNAVAILABLE/);
  expect(await attempt(strange, made)).toMatch(/UNAVAILABLE/);
  expect(await attempt(made, strange)).toMatch(/UNAVAILABLE.*(self-signed|unable to)/);
});

test('a client in clear is not served', async () => {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const stream = open(client);
  await expect(say(stream, 'hello')).rejects.toThrow(/UNAVAILABLE/);
  client.close();
});

test('after a change new connections meet the new pair, and streams that are there go on', async () => {
  const client = connect(made);
  const stream = open(client);
  expect(await say(stream, 'before')).toBe('before');
  const next = path.join(base, 'next');
  await make('refuse', next);
  use(next);
  await eventually(async () => expect(await attempt(next, next)).toBe('hello'));
  expect(await attempt(made)).toMatch(/UNAVAILABLE/);
  expect(await say(stream, 'after')).toBe('after');
  stream.cancel();
  stream.on('error', () => undefined);
  client.close();
  expect(logged.map(({ msg }) => msg)).toContain('the certificate of xDS and the rate limit service was changed');
  use(made);
  await eventually(async () => expect(await attempt(made)).toBe('hello'));
});

test.each([
  ['no certificate', 'certificate', 'nonsense', /the certificate is not PEM/],
  ['no key', 'privateKey', 'nonsense', /cannot be read/],
  ['the key of another', 'privateKey', undefined, /the private key is not the one of the certificate/],
  ['no authority', 'authority', '', /the authority's certificate is not PEM/],
] as const)('%s keeps the old pair, and is said once', async (_, file, text, reason) => {
  const before = readFileSync(used[file]);
  writeFileSync(used[file], text ?? readFileSync(path.join(made, 'client/key.pem')));
  await eventually(() => expect(logged.filter(({ level }) => level === 50)).toHaveLength(1));
  expect(logged[0]?.reason).toMatch(reason);
  await sleep(200);
  expect(logged).toHaveLength(1);
  expect(await attempt(made)).toBe('hello');
  writeFileSync(used[file], before);
});

test('a file that is gone keeps the old pair', async () => {
  const before = readFileSync(used.privateKey);
  rmSync(used.privateKey);
  await eventually(() => expect(logged[0]?.reason).toMatch(/ENOENT.*key\.pem/));
  expect(await attempt(made)).toBe('hello');
  writeFileSync(used.privateKey, before, { mode: 0o600 });
});

test('a start on files that cannot be used is refused', async () => {
  const missing = { ...used, authority: path.join(base, 'nowhere.pem') };
  await expect(openServerTls(missing, log)).rejects.toThrow(StartError);
  const swapped = { ...used, privateKey: path.join(made, 'client/key.pem') };
  await expect(openServerTls(swapped, log)).rejects.toThrow(/XDS_TLS_CERT.*the private key is not the one of the certificate/);
});
