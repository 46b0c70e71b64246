import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../src/root';
import { ask } from './http-client';
import type { Answer } from './http-client';
import { freePorts } from './ports';

export interface ProductPorts {
  readonly admin: number;
  readonly xds: number;
  readonly rateLimit: number;
  readonly http: number;
  readonly https: number;
  readonly envoyAdmin: number;
}

/** The product as a user starts it: a process of its own, with free ports and its own DATA_DIR, that can be killed and started again. */
export class Product {
  readonly ports: ProductPorts;
  readonly dataDir: string;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;
  #output = '';
  #errors = '';

  private constructor(ports: ProductPorts, dataDir: string, environment: NodeJS.ProcessEnv) {
    this.ports = ports;
    this.dataDir = dataDir;
    this.#environment = environment;
  }

  /** Chooses ports and a folder; does not start anything yet. */
  static async prepare(environment: NodeJS.ProcessEnv = {}): Promise<Product> {
    const [admin, xds, rateLimit, http, https, envoyAdmin] = (await freePorts(6)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const dataDir = await mkdtemp(path.join(tmpdir(), 'product-'));
    await chmod(dataDir, 0o755); // As root, Postgres runs as another user, who must get in.
    return new Product({ admin, xds, rateLimit, http, https, envoyAdmin }, dataDir, environment);
  }

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<Product> {
    const product = await Product.prepare(environment);
    await product.start();
    return product;
  }

  get output(): string {
    return this.#output;
  }

  /** The log lines of the last start. */
  get log(): readonly Record<string, unknown>[] {
    return this.#errors
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  get errors(): string {
    return this.#errors;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when the summary is printed; rejects with the error output when the process ends before. */
  async start(timeoutMs = 60_000): Promise<void> {
    const child = this.launch();
    const deadline = Date.now() + timeoutMs;
    while (!this.#output.includes('is up.')) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the product ended: ${this.#errors}`);
      if (Date.now() > deadline) throw new Error(`the product did not start in ${timeoutMs} ms: ${this.#errors}`);
      await sleep(20);
    }
  }

  /** Starts the process without waiting for anything, as `npm start` does or through it. */
  launch(command: readonly [string, ...string[]] = [process.execPath, path.join(ROOT, 'dist/main.js')]): ChildProcess {
    this.#output = '';
    this.#errors = '';
    const { admin, xds, rateLimit, http, https, envoyAdmin } = this.ports;
    const [program, ...args] = command;
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATA_DIR: this.dataDir,
        ADMIN_PORT: String(admin),
        XDS_PORT: String(xds),
        RATELIMIT_PORT: String(rateLimit),
        HTTP_PORT: String(http),
        HTTPS_PORT: String(https),
        ENVOY_ADMIN_PORT: String(envoyAdmin),
        LISTEN_HOST: '127.0.0.1',
        ...this.#environment,
      },
    });
    child.stdout.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#process = child;
    return child;
  }

  /** One REST or GraphQL call. */
  call(method: string, target: string, body?: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const form: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    return ask({ port: this.ports.admin, method, path: target, headers: { ...form, ...headers }, body });
  }

  /** kill -9 of the node process alone, as a crash would be. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** @returns the exit code */
  async stop(signal: 'SIGINT' | 'SIGTERM' = 'SIGTERM'): Promise<number | null> {
    return this.#end(signal);
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    await once(child, 'exit');
    return child.exitCode;
  }

  /** Stops whatever runs, also what a killed process left behind, and removes the folder. */
  async dispose(): Promise<void> {
    const child = this.#process;
    if (child && child.signalCode === 'SIGKILL') await this.start();
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A process's command line, empty when there is none. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
