import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log';
import { appendModel, removeModel, saveModel } from './disk';
import type { ProxyChange } from './model';

/** Keeps each proxy's last model on disk, behind what is served. */
export interface ModelKeeper {
  keep(changed: readonly ProxyChange[], removed: readonly string[]): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** Changes that come within this time are written together, so that a burst costs one write. */
const GATHER_MS = 500;

/** How long a proxy's file is, in bytes. */
interface Kept {
  readonly whole: number;
  readonly appended: number;
}

/**
 * A change is appended to the file of its proxy, which is written anew when it is twice as long as the model: the work grows
 * with what changes. A disk that cannot be written is reported, and stops nothing.
 */
export function createModelKeeper(folder: string, log: Logger): ModelKeeper {
  const pending = new Map<string, ProxyChange | undefined>();
  /** Only of files that this process wrote, and could write. */
  const files = new Map<string, Kept>();
  let writing: Promise<void> | undefined;
  let hurry = new AbortController();

  async function write(): Promise<void> {
    await sleep(GATHER_MS, undefined, { signal: hurry.signal }).catch(onlyAborts);
    // What is added meanwhile comes up in the same loop.
    for (const [name, change] of pending) {
      pending.delete(name);
      const kept = files.get(name);
      files.delete(name);
      try {
        if (change) files.set(name, await writeChange(change, kept));
        else await removeModel(folder, name);
      } catch (error) {
        log.error({ proxy: name, reason: (error as Error).message }, 'the last model could not be kept on disk');
      }
    }
    writing = undefined;
  }

  async function writeChange({ model, services }: ProxyChange, kept: Kept | undefined): Promise<Kept> {
    if (services === 'all' || !kept || kept.appended > kept.whole) return { whole: await saveModel(folder, model), appended: 0 };
    return { ...kept, appended: kept.appended + (await appendModel(folder, model, services)) };
  }

  return {
    keep: (changed, removed) => {
      for (const change of changed) pending.set(change.model.name, joined(pending.get(change.model.name), change));
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

/** Two changes of a proxy as one. */
function joined(earlier: ProxyChange | undefined, { model, services }: ProxyChange): ProxyChange {
  if (!earlier) return { model, services };
  const all = earlier.services === 'all' || services === 'all';
  return { model, services: all ? 'all' : new Set([...earlier.services, ...services]) };
}

function onlyAborts(error: Error): void {
  if (error.name !== 'AbortError') throw error;
}
