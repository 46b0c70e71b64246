import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { as, chooseAccount } from '../../../src/database/embedded/account';
import type { Binaries } from '../../../src/database/embedded/binaries';
import { findBinaries } from '../../../src/database/embedded/binaries';
import { createLogger } from '../../../src/log';
import { eventually } from '../../support/eventually';
import { freePorts } from '../../support/ports';

const account = chooseAccount();
/** Killing a process loses nothing that it wrote to files, so that they need not be forced to the disk here. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'fsync=off',
  'max_wal_size=64MB',
  'timezone=UTC',
];
const VOLUME_MB = 600;

/** A Postgres server of the suite's own, which can be killed, restarted, copied and starved of room. */
export class PostgresServer {
  #process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly binaries: Binaries,
    /** Whether its tables lie on a small file system of their own; its write-ahead log never does. */
    readonly hasOwnVolume: boolean,
  ) {}

  static async create(): Promise<PostgresServer> {
    const binaries = await findBinaries(account, '/var/cache/enroute-gateway', createLogger('warn'));
    const folder = await mkdtemp(path.join(tmpdir(), 'faults-postgres-'));
    await chmod(folder, 0o755);
    const volume = path.join(folder, 'volume');
    await mkdir(volume);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_MB}m`, 'tmpfs', volume]).status === 0;
    const wal = path.join(folder, 'wal');
    for (const each of [path.join(volume, 'data'), wal]) {
      await mkdir(each, { mode: 0o700 });
      if (account) await chown(each, account.uid, account.gid);
    }
    const options = ['--auth=trust', '--username=gateway', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', `--waldir=${wal}`];
    const made = spawnSync(binaries.initdb, ['-D', path.join(volume, 'data'), ...options], { ...as(account), encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const [port = 0] = await freePorts(1);
    return new PostgresServer(folder, port, binaries, mounted);
  }

  get url(): string {
    return `postgres://gateway@127.0.0.1:${this.port}/postgres`;
  }

  get data(): string {
    return path.join(this.folder, 'volume/data');
  }

  get log(): Promise<string> {
    return readFile(path.join(this.folder, 'log'), 'utf8');
  }

  /** Resolves when it takes statements, also when it did already. What a killed one left in shared memory may have to go first. */
  async start(): Promise<void> {
    await eventually(async () => {
      if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) this.#launch();
      await this.query('SELECT 1');
    }, 30_000);
  }

  #launch(): void {
    const log = openSync(path.join(this.folder, 'log'), 'a');
    const settings = [...SETTINGS, `port=${this.port}`].flatMap((setting) => ['-c', setting]);
    this.#process = spawn(this.binaries.postgres, ['-D', this.data, ...settings], {
      ...as(account),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
  }

  /** Of the postmaster: its backends follow when they notice. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGINT');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** One statement on a connection of its own, past all that stands between the product and the server. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 5_000,
      options: '-c default_transaction_read_only=off',
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Keeps a transaction open that ran the statement, until then. Resolves when it holds what it asked for. */
  async holding(sql: string, until: Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`BEGIN; ${sql}`);
    void until.then(() => client.end());
  }

  /** A stopped server's data on another port: a standby that was promoted. */
  async coldCopy(): Promise<PostgresServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'faults-standby-'));
    await chmod(folder, 0o755);
    const data = path.join(folder, 'volume/data');
    mkdirSync(path.join(folder, 'volume'));
    cpSync(this.data, data, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('postmaster.pid') });
    rmSync(path.join(data, 'pg_wal'), { recursive: true });
    cpSync(path.join(this.folder, 'wal'), path.join(data, 'pg_wal'), { recursive: true });
    if (account) spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, path.join(folder, 'volume')]);
    await chmod(data, 0o700);
    const [port = 0] = await freePorts(1);
    return new PostgresServer(folder, port, this.binaries, false);
  }

  /** Leaves no room on its volume, until `makeRoom`. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.data);
    writeFileSync(path.join(this.folder, 'volume/filler'), Buffer.alloc(bavail * bsize));
  }

  makeRoom(): void {
    rmSync(path.join(this.folder, 'volume/filler'), { force: true });
  }

  async dispose(): Promise<void> {
    await this.#end('SIGKILL');
    // Backends of a killed postmaster hold files on the volume until they notice.
    if (this.hasOwnVolume) {
      await eventually(() => {
        const { status, stderr } = spawnSync('umount', [path.join(this.folder, 'volume')], { encoding: 'utf8' });
        if (status !== 0) throw new Error(stderr);
      });
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
