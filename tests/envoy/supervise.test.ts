import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { startEnvoy } from '../../src/envoy';
import type { SupervisedEnvoy } from '../../src/envoy';
import { ROOT } from '../../src/root';
import { readSettings } from '../../src/settings';
import { testEnvoyBinary } from '../support/envoy';
import { startHttpServer } from '../support/http-echo';
import type { HttpServer } from '../support/http-echo';
import { freePorts } from '../support/ports';
import { startFixedXds } from './fixed-xds';
import type { FixedXds } from './fixed-xds';

let folder: string;
let binary: string;
let environment: Record<string, string>;
let httpPort: number;
let backend: HttpServer;
let xds: FixedXds;
let started: SupervisedEnvoy[];
let children: ChildProcess[];
let logged: { level: number; msg: string; component?: string }[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'envoy-supervise-'));
  binary = await testEnvoyBinary();
  const [admin, listen, https, xdsPort, rateLimit] = (await freePorts(5)) as [number, number, number, number, number];
  httpPort = listen;
  environment = {
    DATA_DIR: path.join(folder, 'data'),
    ENVOY_ADMIN_PORT: String(admin),
    HTTP_PORT: String(listen),
    HTTPS_PORT: String(https),
    LISTEN_HOST: '127.0.0.1',
    XDS_PORT: String(xdsPort),
    RATELIMIT_PORT: String(rateLimit),
    PROXY_NAME: 'gw',
  };
  backend = await startHttpServer({
    name: 'backend',
    handler: (request, response) => void setTimeout(() => response.end('served'), request.url === '/slow' ? 500 : 0),
  });
  xds = await startFixedXds(xdsPort, listen, backend.port);
  started = [];
  children = [];
  logged = [];
});

afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await Promise.all(started.map((envoy) => envoy.stop()));
  // What a test that failed half way left behind.
  const pidFile = path.join(folder, 'data/envoy.pid.json');
  if (existsSync(pidFile)) kill(pidIn(readFileSync(pidFile, 'utf8')));
  xds.stop();
  backend.kill();
  rmSync(folder, { recursive: true });
});

async function start(changes: Record<string, string> = {}): Promise<SupervisedEnvoy> {
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(JSON.parse(line) as (typeof logged)[number]) });
  const envoy = await startEnvoy({ settings: readSettings({ ...environment, ...changes }), binary, log });
  started.push(envoy);
  return envoy;
}

/** A process of ours that supervises an Envoy, to be killed. */
async function startElsewhere(): Promise<{ supervisor: ChildProcess; pid: number }> {
  const supervisor = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'programs/supervise.ts')], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(supervisor);
  if (!supervisor.stdout) throw new Error('no output to read');
  for await (const line of readline.createInterface(supervisor.stdout)) return { supervisor, pid: pidIn(line) };
  throw new Error('the supervising process ended before its Envoy was ready');
}

async function killed(supervisor: ChildProcess): Promise<void> {
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
}

function pidIn(text: string): number {
  return Number(/"pid":(\d+)/.exec(text)?.[1]);
}

function kill(pid: number | undefined): void {
  if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL');
}

function isAlive(pid: number | undefined): boolean {
  try {
    // An orphan that ended may wait as a zombie for a parent that does not look.
    return pid !== undefined && readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
}

async function eventually(what: string, holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(20)) if (await holds()) return;
  throw new Error(`not within ${withinMs} ms: ${what}`);
}

/** The body that Envoy answers, or undefined when the call fails. */
function get(url = '/'): Promise<string | undefined> {
  return new Promise((resolve) => {
    http
      .get({ host: '127.0.0.1', port: httpPort, path: url, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve(body));
        response.on('error', () => resolve(undefined));
      })
      .on('error', () => resolve(undefined));
  });
}

test('Envoy runs, takes its configuration as the proxy that it is, serves, and a stop leaves no process and no pid file', async () => {
  const envoy = await start();
  const pid = envoy.pid();
  expect(envoy.adopted).toBe(false);
  expect(isAlive(pid)).toBe(true);
  await envoy.ready();
  expect(xds.nodes).toEqual(['gw']);
  expect(await get()).toBe('served');

  await envoy.stop();
  expect(isAlive(pid)).toBe(false);
  expect(envoy.pid()).toBeUndefined();
  expect(readdirSync(path.join(folder, 'data')).sort()).toEqual(['envoy-bootstrap.json', 'envoy.log']);
});

test('Envoy has a process group of its own, which a Ctrl-C does not reach, and our standard output for its access log', async () => {
  const pid = (await start()).pid() ?? 0;
  process.kill(-pid, 0); // Throws when there is no such group.
  expect(readlinkSync(`/proc/${pid}/fd/1`)).toBe(readlinkSync('/proc/self/fd/1'));
});

test('what it writes is for its owner alone', async () => {
  await start();
  const data = path.join(folder, 'data');
  expect(readdirSync(data).sort()).toEqual(['envoy-bootstrap.json', 'envoy.log', 'envoy.pid.json']);
  for (const name of readdirSync(data)) expect(statSync(path.join(data, name)).mode & 0o777).toBe(0o600);
});

test("a start in clear weather logs no warning, and Envoy's own log is in ours", async () => {
  const envoy = await start();
  await envoy.ready();
  await envoy.stop();
  expect(logged.filter(({ level }) => level >= 40)).toEqual([]);
  expect(logged).toContainEqual(
    expect.objectContaining({ part: 'envoy', component: 'main', msg: expect.stringContaining('starting main dispatch loop') }),
  );
});

test('a stop lets the requests under way end', async () => {
  const envoy = await start();
  await envoy.ready();
  const slow = get('/slow');
  await eventually('the request is with the backend', () => backend.calls() === 1);
  await envoy.stop();
  expect(await slow).toBe('served');
});

test('an Envoy that dies is started again, and the reason is logged', async () => {
  const envoy = await start();
  await envoy.ready();
  for (const delay of [100, 200]) {
    const pid = envoy.pid();
    kill(pid);
    await eventually('another process', () => envoy.pid() !== undefined && envoy.pid() !== pid);
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 50, pid, msg: `Envoy ended by SIGKILL; it is started again in ${delay} ms` }),
    );
  }
  await envoy.ready();
  expect(await get()).toBe('served');
});

test('a stop between two starts ends it', async () => {
  const envoy = await start();
  kill(envoy.pid());
  await eventually('the end is seen', () => envoy.pid() === undefined);
  await envoy.stop();
  await sleep(300);
  expect(envoy.pid()).toBeUndefined();
});

test('an Envoy whose supervisor was killed serves on, and the next start adopts it without a lost request', async () => {
  const { supervisor, pid } = await startElsewhere();
  const answers: (string | undefined)[] = [];
  let calling = true;
  const calls = (async () => {
    while (calling) answers.push(await get());
  })();
  await killed(supervisor);
  await eventually('served without a supervisor', () => answers.length > 10);

  const envoy = await start();
  expect(envoy.adopted).toBe(true);
  expect(envoy.pid()).toBe(pid);
  await envoy.ready();
  const soFar = answers.length;
  await eventually('served after the adoption', () => answers.length > soFar + 10);
  calling = false;
  await calls;
  expect(new Set(answers)).toEqual(new Set(['served']));

  await envoy.stop();
  expect(isAlive(pid)).toBe(false);
});

test('an adopted Envoy that dies is started again', async () => {
  const { supervisor, pid } = await startElsewhere();
  await killed(supervisor);
  const envoy = await start();
  expect(envoy.pid()).toBe(pid);
  kill(pid);
  await eventually('another process', () => envoy.pid() !== undefined && envoy.pid() !== pid);
  await envoy.ready();
  expect(await get()).toBe('served');
});

test('a survivor with another bootstrap is replaced', async () => {
  const { supervisor, pid } = await startElsewhere();
  await killed(supervisor);
  const envoy = await start({ PROXY_NAME: 'other' });
  expect(envoy.adopted).toBe(false);
  expect(envoy.pid()).not.toBe(pid);
  expect(isAlive(pid)).toBe(false);
  await envoy.ready();
  expect(xds.nodes).toEqual(['gw', 'other']);
});

test('a survivor that does not answer is replaced', async () => {
  const { supervisor, pid } = await startElsewhere();
  await killed(supervisor);
  process.kill(pid, 'SIGSTOP');
  const envoy = await start();
  expect(envoy.adopted).toBe(false);
  expect(isAlive(pid)).toBe(false);
});

test('a pid file that names another process, or nothing that can be read, harms no one', async () => {
  const { supervisor, pid } = await startElsewhere();
  await killed(supervisor);
  kill(pid);
  const file = path.join(folder, 'data/envoy.pid.json');
  const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
  children.push(bystander);
  writeFileSync(file, readFileSync(file, 'utf8').replace(`"pid":${pid}`, `"pid":${bystander.pid}`));
  const envoy = await start();
  expect(envoy.adopted).toBe(false);
  expect(isAlive(bystander.pid)).toBe(true);
  await envoy.stop();

  writeFileSync(file, '{"envoy":');
  await start();
  expect(logged).toContainEqual(
    expect.objectContaining({ level: 40, msg: expect.stringContaining('pid file of Envoy is unreadable') }),
  );
});

test('a second start in a folder whose supervisor lives is refused, and disturbs nothing', async () => {
  const { supervisor, pid } = await startElsewhere();
  await expect(start()).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining(`process ${supervisor.pid} runs with this DATA_DIR`),
  });
  expect(isAlive(pid)).toBe(true);
  expect(await get()).toBe('served');
});

test.each(['ENVOY_ADMIN_PORT', 'HTTP_PORT', 'HTTPS_PORT'])(
  'a start on a port that is taken is refused by name: %s',
  async (variable) => {
    const taken = net.createServer().listen(Number(environment[variable]), '127.0.0.1');
    await once(taken, 'listening');
    try {
      const message = `port ${environment[variable]} on 127.0.0.1 is in use: stop the program that listens there, or set ${variable}`;
      await expect(start()).rejects.toMatchObject({ name: 'StartError', message });
    } finally {
      taken.close();
    }
  },
);

test('an Envoy that refuses to start is one line with its own reason', async () => {
  const settings = readSettings(environment);
  const broken = { ...settings, rateLimit: { ...settings.rateLimit, port: 99_999 } };
  const refused = startEnvoy({ settings: broken, binary, log: pino({ level: 'silent' }) });
  await expect(refused).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/^Envoy \(.*\) ended with status 1: .*port.*; its log is .*envoy\.log$/i),
  });
  await expect(start()).resolves.toMatchObject({ adopted: false });
});

test('a folder that cannot be written is one line that names DATA_DIR', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const refused = start({ DATA_DIR: path.join(folder, 'file/data') });
  await expect(refused).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/^DATA_DIR .* cannot be written: ENOTDIR/),
  });
});
