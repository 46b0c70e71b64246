import { createHash, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProxyModel, Service } from './model';

/** First line of a file: format, its version, and the SHA-256 of the rest. */
const FORMAT = 'proxy-model';
const VERSION = 3;
/** Takes about a millisecond. */
const SERVICES_A_TURN = 100;
const SUFFIX = '.model';
const TEMPORARY = '.tmp';

export interface LoadedModels {
  readonly models: readonly ProxyModel[];
  /** Files that were left out, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Keeps a proxy's model on disk, readable by this user alone: it holds private keys. The file is replaced as a whole, so
 * that after a crash the old one or the new one is there. One call at a time for a proxy.
 */
export async function saveModel(folder: string, model: ProxyModel): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pieces = await serialize(model);
  const checksum = createHash('sha256');
  for (const piece of pieces) checksum.update(piece);
  const file = path.join(folder, fileName(model.name));
  const temporary = `${file}.${randomBytes(6).toString('hex')}${TEMPORARY}`;
  try {
    await withFile(await open(temporary, 'wx', 0o600), async (handle) => {
      await handle.write(`${FORMAT} ${VERSION} ${checksum.digest('hex')}\n`);
      for (const piece of pieces) await handle.write(piece);
      await handle.sync();
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** The model as JSON, in pieces between which other work gets its turn. */
async function serialize({ services, ...rest }: ProxyModel): Promise<string[]> {
  const all = [...services.values()];
  const pieces: string[] = [`{"rest":${JSON.stringify(rest)},"services":[`];
  for (let from = 0; from < all.length; from += SERVICES_A_TURN) {
    const some = JSON.stringify(all.slice(from, from + SERVICES_A_TURN));
    pieces.push(`${from === 0 ? '' : ','}${some.slice(1, -1)}`);
    await nextTurn();
  }
  return [...pieces, ']}'];
}

/** Forgets a proxy's model; it is no error when there is none. */
export async function removeModel(folder: string, proxyName: string): Promise<void> {
  await rm(path.join(folder, fileName(proxyName)), { force: true });
}

/** Every model that was saved. Files that are damaged, of another version or not ours are left out and named; they stay where they are. */
export async function loadModels(folder: string): Promise<LoadedModels> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const models: ProxyModel[] = [];
  const skipped: { file: string; reason: string }[] = [];
  for (const file of (await readdir(folder)).sort()) {
    // What a crash left in the middle of a save.
    if (file.endsWith(TEMPORARY)) await rm(path.join(folder, file), { force: true });
    else if (!file.endsWith(SUFFIX)) skipped.push({ file, reason: 'is not a model' });
    else {
      const model = readModel(await readFile(path.join(folder, file), 'utf8'));
      if (typeof model === 'string') skipped.push({ file, reason: model });
      else if (fileName(model.name) !== file) skipped.push({ file, reason: 'is named after another proxy' });
      else models.push(model);
    }
  }
  return { models, skipped };
}

/** The model, or why it cannot be read. */
function readModel(text: string): ProxyModel | string {
  const end = text.indexOf('\n');
  const [format, version, checksum] = text.slice(0, Math.max(end, 0)).split(' ');
  if (format !== FORMAT) return 'is not a model';
  if (version !== String(VERSION)) return `has version ${version}, and ${VERSION} is read`;
  const content = text.slice(end + 1);
  if (sha256(content) !== checksum) return 'is damaged';
  const { rest, services } = JSON.parse(content) as { rest: Omit<ProxyModel, 'services'>; services: Service[] };
  return { ...rest, services: new Map(services.map((service) => [service.id, service])) };
}

/** A proxy's name may hold any character and be of any length. */
function fileName(proxyName: string): string {
  return sha256(proxyName) + SUFFIX;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Makes the rename itself survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  await withFile(await open(folder, 'r'), (handle) => handle.sync());
}

async function withFile(handle: FileHandle, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}
