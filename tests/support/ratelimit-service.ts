import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { cached } from './cache';
import { eventually } from './eventually';
import { findGo } from './go';
import { ask } from './http-client';
import { freePorts } from './ports';

const run = promisify(execFile);

/** Of January 2026; it has no releases. */
const VERSION = 'v1.4.1-0.20260122083618-3fb702589d36';

/** How long, in milliseconds, a test must let the first build of all take: 45 s on two idle cores, downloads included. */
export const BUILD_TIMEOUT = 280_000;

/**
 * The binary of envoyproxy/ratelimit, built into the cache once.
 * @throws Error when there is no Go, or the modules cannot be had
 */
export async function officialBinary(): Promise<string> {
  const folder = await cached(`ratelimit-${VERSION}`, async (target) => {
    const env = { ...process.env, GOBIN: target, CGO_ENABLED: '0', GOFLAGS: '-trimpath -ldflags=-s', GOTOOLCHAIN: 'local' };
    await run(await findGo(), ['install', `github.com/envoyproxy/ratelimit/src/service_cmd@${VERSION}`], { env });
  });
  return path.join(folder, 'service_cmd');
}

export interface OfficialOptions {
  /** Where it has its limits from. */
  readonly xdsPort: number;
  readonly redisPort: number;
  readonly port?: number;
}

/** The real envoyproxy/ratelimit, its limits by xDS and its counters in Redis. */
export class OfficialService {
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(
    readonly port: number,
    readonly healthPort: number,
  ) {}

  /** Resolves when it has the first limits: before that it does not listen. */
  static async start({ xdsPort, redisPort, port }: OfficialOptions): Promise<OfficialService> {
    const binary = await officialBinary();
    const [http, debug, free] = (await freePorts(3)) as [number, number, number];
    const service = new OfficialService(port ?? free, http);
    const child = spawn(binary, [], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        CONFIG_TYPE: 'GRPC_XDS_SOTW',
        CONFIG_GRPC_XDS_NODE_ID: 'ratelimit',
        CONFIG_GRPC_XDS_SERVER_URL: `127.0.0.1:${xdsPort}`,
        XDS_CLIENT_BACKOFF_INITIAL_INTERVAL: '100ms',
        XDS_CLIENT_BACKOFF_MAX_INTERVAL: '500ms',
        REDIS_SOCKET_TYPE: 'tcp',
        REDIS_URL: `127.0.0.1:${redisPort}`,
        ...{ HOST: '127.0.0.1', GRPC_HOST: '127.0.0.1', DEBUG_HOST: '127.0.0.1' },
        ...{ PORT: String(http), GRPC_PORT: String(service.port), DEBUG_PORT: String(debug) },
        USE_STATSD: 'false',
        DISABLE_STATS: 'true',
        LOG_LEVEL: 'info',
      },
    });
    service.#process = child;
    const keep = (chunk: Buffer): void => void (service.#output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    try {
      await eventually(async () => {
        if (child.exitCode !== null) return;
        const { status } = await ask({ port: http, path: '/healthcheck' });
        if (status !== 200) throw new Error(`the health check answers ${status}`);
      }, 30_000);
      if (child.exitCode !== null) throw new Error('it ended');
    } catch (error) {
      await service.stop();
      throw new Error(`envoyproxy/ratelimit does not start: ${String(error)}\n${service.#output}`, { cause: error });
    }
    return service;
  }

  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
