import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPair } from './certificates';
import { freePorts } from './ports';

export interface RedisOptions {
  readonly password?: string;
  /** Listens with TLS only. */
  readonly tls?: TestPair;
}

/** A real redis-server that can be killed, frozen and started again on its port. It keeps nothing on disk. */
export class RedisServer {
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly folder: string,
    readonly options: RedisOptions,
  ) {}

  static async start(options: RedisOptions = {}): Promise<RedisServer> {
    const [port] = (await freePorts(1)) as [number];
    const server = new RedisServer(port, mkdtempSync(path.join(tmpdir(), 'redis-')), options);
    await server.start();
    return server;
  }

  get url(): string {
    const { password, tls } = this.options;
    return `${tls ? 'rediss' : 'redis'}://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { password, tls } = this.options;
    const args = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.folder];
    if (password !== undefined) args.push('--requirepass', password);
    if (tls) {
      writeFileSync(this.certificateFile, tls.certificate);
      writeFileSync(path.join(this.folder, 'key.pem'), tls.privateKey);
      args.push('--port', '0', '--tls-port', String(this.port), '--tls-auth-clients', 'no');
      args.push('--tls-cert-file', this.certificateFile, '--tls-key-file', path.join(this.folder, 'key.pem'));
      args.push('--tls-ca-cert-file', this.certificateFile);
    } else args.push('--port', String(this.port));
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    this.#process = child;
    await once(child, 'spawn');
    for (const deadline = Date.now() + 20_000; !(await listens(this.port)); await sleep(20)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('redis-server does not start');
    }
  }

  get certificateFile(): string {
    return path.join(this.folder, 'certificate.pem');
  }

  /** kill -9: what was counted is gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** It accepts connections and says nothing any more. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}
