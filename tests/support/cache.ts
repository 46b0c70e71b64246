import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CACHE = path.join(__dirname, '../../.cache');
/** After this long, in milliseconds, whoever fills a folder is taken for dead. */
const FILLED_WITHIN = 240_000;

/** The cache's folder of that name; filled by one process, under another name first, so that one filled in part never counts. */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(CACHE, name);
  const lock = `${folder}.lock`;
  await mkdir(CACHE, { recursive: true });
  for (const deadline = Date.now() + FILLED_WITHIN; !existsSync(folder); await sleep(200)) {
    if (await takes(lock)) break;
    if (Date.now() > deadline) await rm(lock, { recursive: true, force: true });
  }
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(path.join(CACHE, 'download-'));
  try {
    await fill(draft);
    await rename(draft, folder);
  } catch (error) {
    throw new Error(`${name}, which the tests need, cannot be had: ${String((error as { stderr?: string }).stderr || error)}`, {
      cause: error,
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(lock, { recursive: true, force: true });
  }
  return folder;
}

async function takes(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}
