import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { settingsNames } from '../../packaging/settings-names';
import { eventually } from '../../support/eventually';
import { freePorts } from '../../support/ports';

/** A Redis that the instances count in, and that can be killed. */
export class RedisServer {
  #process: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  /** Undefined where the product has no setting for one, or the machine no program. */
  static async start(): Promise<RedisServer | undefined> {
    if (!settingsNames().has('REDIS_URL') || spawnSync('redis-server', ['--version']).status !== 0) return undefined;
    const [port = 0] = await freePorts(1);
    const server = new RedisServer(port);
    await server.recover();
    return server;
  }

  get name(): string {
    return 'Redis';
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async recover(): Promise<void> {
    this.#process = spawn('redis-server', ['--port', String(this.port), '--save', '', '--bind', '127.0.0.1'], {
      stdio: 'ignore',
    });
    await eventually(async () => {
      const socket = net.connect(this.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.destroy();
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
