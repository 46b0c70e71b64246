import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How a client is started: a program that reads a request a line and answers each with a line. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Calls {
  /** `/package.Service/Method`. */
  readonly method?: string;
  /** How many, one after another. */
  readonly count?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
}

/** The server that answered, or the status that the call ended with. */
export type Answer = { readonly server: string } | { readonly code: string; readonly details: string };

/** A gRPC client that dials services without a proxy, in a process of its own with one channel a service. */
export interface GrpcClient {
  /** Makes calls to `xds:///<service>`, with an empty message. */
  calls(service: string, calls?: Calls): Promise<readonly Answer[]>;
  stop(): Promise<void>;
}

/**
 * @param xdsPort where the client finds the control plane; it says that it is of the proxy `gw`
 * @param creds by which it dials it, as an entry of `channel_creds`
 */
export function startGrpcClient(
  { command, args, env }: Program,
  xdsPort: number,
  creds: object = { type: 'insecure' },
): GrpcClient {
  const bootstrap = {
    xds_servers: [{ server_uri: `127.0.0.1:${xdsPort}`, channel_creds: [creds], server_features: ['xds_v3'] }],
    // gRPC for Node wants a locality.
    node: { id: 'proxyless', cluster: 'gw', locality: {} },
  };
  const child = spawn(command, args, {
    env: { ...process.env, ...env, GRPC_XDS_BOOTSTRAP_CONFIG: JSON.stringify(bootstrap) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const exited = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    calls: async (service, calls) => {
      const { method = '/tests.Plain/Call', count = 1, metadata = {}, deadlineMs = 20_000 } = calls ?? {};
      const request = { target: `xds:///${service}`, method, count, metadata, deadlineMs };
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error(`the client ${command} ${args.join(' ')} has ended: ${said}`);
      return (JSON.parse(line.value) as { answers: Answer[] }).answers;
    },
    stop: async () => {
      child.stdin.end();
      child.kill();
      await exited;
    },
  };
}

/** How many of the answers came from each server, and how many calls ended with each status. */
export function tally(answers: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const key = 'server' in answer ? answer.server : answer.code;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
