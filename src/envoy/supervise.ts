import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors';
import type { Logger } from '../log';
import type { Settings } from '../settings';
import { adminAnswers, drain, isReady, until } from './admin';
import { nextDelay } from './backoff';
import { adopt, launch } from './launch';
import type { RunningEnvoy } from './launch';
import { checkPortsAreFree } from './listen-check';
import { followLog, parseLogLine } from './log-lines';
import { planOf } from './plan';
import { processOf, terminate } from './process';
import type { ProcessIdentity } from './process';
import { removeRecord, writeRecord } from './record';
import { findSurvivor } from './survivor';
import { writePrivate } from './write';

export interface SupervisedEnvoy {
  /** Whether it is an Envoy that an earlier start left behind, serving all the while. */
  readonly adopted: boolean;
  /** The process that runs now; undefined between two. */
  pid(): number | undefined;
  /** Resolves when Envoy has its first configuration and listens; waits for as long as that takes. Rejects when stopped. */
  ready(): Promise<void>;
  /** Lets requests under way end (for 5 s at most), then ends Envoy; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface EnvoyOptions {
  readonly settings: Settings;
  /** An Envoy binary, from `findEnvoy`. */
  readonly binary: string;
  readonly log: Logger;
}

const ADMIN_WITHIN_MS = 30_000;
const DRAIN_MS = 5_000;
const KILL_AFTER_MS = 5_000;
const LOG_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Runs Envoy until it is stopped: started again, with growing pauses, whenever it ends by itself. An Envoy that a killed
 * process of ours left in DATA_DIR is adopted when it was started with the same binary and bootstrap, else replaced.
 * Resolves when the admin interface answers; the configuration comes later, over xDS (`ready`).
 * @throws StartError, one line, when a port is taken, DATA_DIR cannot be written or is another process', or Envoy does not start.
 */
export async function startEnvoy({ settings, binary, log: parentLog }: EnvoyOptions): Promise<SupervisedEnvoy> {
  const log = parentLog.child({ part: 'envoy' });
  const { dataDir } = settings;
  const { adminPort } = settings.envoy;
  const plan = await planOf(settings, binary);
  const owner = await thisProcess();

  const survivor = await findSurvivor(settings, plan, KILL_AFTER_MS, log);
  if (!survivor) await checkPortsAreFree(settings);

  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const descriptor = await inDataDir(dataDir, async () => {
    await mkdir(dataDir, { recursive: true });
    await writePrivate(plan.bootstrapFile, plan.bootstrap);
    return openSync(plan.logFile, 'a', 0o600);
  });
  let complaint = '';
  const envoyLog = followLog(plan.logFile, LOG_MAX_BYTES, (text) => {
    const { level, component, message } = parseLogLine(text);
    if (level === 'error') complaint = message;
    log[signal.aborted ? 'debug' : level]({ component }, message);
  });

  const remember = async (envoy: ProcessIdentity) => {
    try {
      await writeRecord(dataDir, { envoy, owner, fingerprint: plan.fingerprint });
    } catch (error) {
      log.error({ err: error }, 'the pid file of Envoy cannot be written: a later start will not find this Envoy');
    }
  };
  const start = async () => {
    const started = await launch(plan.binary, plan.args, descriptor);
    if (started.identity) await remember(started.identity);
    return started;
  };
  const close = async () => {
    envoyLog.stop();
    closeSync(descriptor);
    await removeRecord(dataDir);
  };

  /** Waits for the admin interface: an Envoy that cannot even open that will not do better when started again. */
  const firstStart = async (): Promise<RunningEnvoy> => {
    const started = await start();
    const over = new AbortController();
    const waiting = AbortSignal.any([over.signal, AbortSignal.timeout(ADMIN_WITHIN_MS)]);
    const reason = await Promise.race([started.exited, until(() => adminAnswers(adminPort), 20, waiting)]);
    over.abort();
    if (reason === true) return started;
    await end(started, 0);
    await close();
    const why = complaint ? `: ${complaint}` : '';
    const what = reason === false ? `does not answer on ENVOY_ADMIN_PORT ${adminPort}` : reason;
    throw new StartError(`Envoy (${plan.binary}) ${what}${why}; its log is ${plan.logFile}`);
  };

  let running: RunningEnvoy | undefined;
  if (survivor) {
    await remember(survivor);
    running = adopt(survivor);
    log.info({ pid: survivor.pid }, 'adopted the Envoy that an earlier start left serving');
  } else {
    running = await firstStart();
    log.info({ pid: running.identity?.pid, binary }, 'Envoy runs');
  }

  /** Until the stop: sees each process to its end and starts the next. */
  const supervise = async (first: RunningEnvoy) => {
    let current = first;
    let began = Date.now();
    for (let delay = 0; ;) {
      const reason = await Promise.race([current.exited, stopped]);
      if (reason === undefined) break;
      running = undefined;
      delay = nextDelay(delay, Date.now() - began);
      envoyLog.read();
      log.error({ pid: current.identity?.pid }, `Envoy ${reason}; it is started again in ${delay} ms`);
      await Promise.race([sleep(delay, undefined, { ref: false }), stopped]);
      if (signal.aborted) break;
      began = Date.now();
      running = current = await start();
    }
    await drain(adminPort, DRAIN_MS);
    await end(current, KILL_AFTER_MS);
    running = undefined;
    await close();
  };
  const supervision = supervise(running);

  return {
    adopted: survivor !== undefined,
    pid: () => running?.identity?.pid,
    ready: async () => {
      if (!(await until(() => isReady(adminPort), 50, signal))) throw new Error('Envoy was stopped before it was ready');
    },
    stop: () => {
      stopping.abort();
      return supervision;
    },
  };
}

async function end({ identity, exited }: RunningEnvoy, killAfterMs: number): Promise<void> {
  if (identity) await terminate(identity, killAfterMs);
  await exited;
}

async function thisProcess(): Promise<ProcessIdentity> {
  const self = await processOf(process.pid);
  if (!self) throw new Error('this process cannot see itself in the process table');
  return { pid: self.pid, started: self.started };
}

async function inDataDir<T>(dataDir: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new StartError(`DATA_DIR ${dataDir} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
