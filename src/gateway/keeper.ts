import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log';
import { removeModel, saveModel } from './disk';
import type { ProxyChange, ProxyModel } from './model';

/** Keeps each proxy's last model on disk, behind what is served. */
export interface ModelKeeper {
  keep(changed: readonly ProxyChange[], removed: readonly string[]): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** Changes that come within this time are written together, so that a burst costs one write. */
const GATHER_MS = 500;
/**
 * At most this part of the time goes into writing, however large the models are, as long as that is not too seldom: what is on
 * disk is what Envoys fall back to when an instance is killed and started again while the database is away.
 */
const SHARE = 1 / 50;
const LATEST_MS = 5_000;

/** A disk that cannot be written is reported, and stops nothing. */
export function createModelKeeper(folder: string, log: Logger): ModelKeeper {
  const pending = new Map<string, ProxyModel | undefined>();
  let writing: Promise<void> | undefined;
  let hurry = new AbortController();
  let gatherMs = GATHER_MS;

  async function write(): Promise<void> {
    await sleep(gatherMs, undefined, { signal: hurry.signal }).catch(onlyAborts);
    const started = performance.now();
    // What is added meanwhile comes up in the same loop.
    for (const [name, model] of pending) {
      pending.delete(name);
      try {
        await (model ? saveModel(folder, model) : removeModel(folder, name));
      } catch (error) {
        log.error({ proxy: name, reason: (error as Error).message }, 'the last model could not be kept on disk');
      }
    }
    gatherMs = Math.min(LATEST_MS, Math.max(GATHER_MS, (performance.now() - started) / SHARE));
    writing = undefined;
  }

  return {
    keep: (changed, removed) => {
      for (const { model } of changed) pending.set(model.name, model);
      for (const name of removed) pending.set(name, undefined);
      if (pending.size > 0) writing ??= write();
    },
    flush: async () => {
      hurry.abort();
      await writing;
      hurry = new AbortController();
    },
  };
}

function onlyAborts(error: Error): void {
  if (error.name !== 'AbortError') throw error;
}
