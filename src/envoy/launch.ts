import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processOf } from './process';
import type { ProcessIdentity } from './process';

/** A process of Envoy, started here or adopted. */
export interface RunningEnvoy {
  /** Undefined when it could not be started, or ended at once. */
  readonly identity: ProcessIdentity | undefined;
  /** Resolves when it is gone, with the reason as a predicate: `ended with status 1`. */
  readonly exited: Promise<string>;
}

/**
 * Starts Envoy in a process group of its own: a Ctrl-C in the terminal is for us, and Envoy serves on until we stop it. Its
 * access log goes to our standard output, its own log to `logDescriptor`.
 */
export async function launch(binary: string, args: readonly string[], logDescriptor: number): Promise<RunningEnvoy> {
  const child = tryToSpawn(binary, args, logDescriptor);
  if (child instanceof Error) return { identity: undefined, exited: Promise.resolve(`could not be started (${child.message})`) };
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with status ${code}`));
  });
  return { identity: child.pid === undefined ? undefined : await processOf(child.pid), exited };
}

/** Some reasons of a failure are thrown (no memory), others are told by an event (no such file). */
function tryToSpawn(binary: string, args: readonly string[], logDescriptor: number): ChildProcess | Error {
  try {
    return spawn(binary, args, { detached: true, stdio: ['ignore', 'inherit', logDescriptor] });
  } catch (error) {
    return error as Error;
  }
}

const POLL_MS = 500;

/** Watches over a process that is not our child. */
export function adopt(identity: ProcessIdentity): RunningEnvoy {
  const gone = async () => {
    while (await isRunning(identity)) await sleep(POLL_MS, undefined, { ref: false });
    return 'ended';
  };
  return { identity, exited: gone() };
}
