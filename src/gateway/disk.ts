import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProxyModel, Service } from './model';

/**
 * First line of a file: format and its version. Each line after it is one write: the SHA-256 of its JSON, and that. The first
 * has the whole model, the others what changed; the last one may not be whole, when a crash came in between.
 */
const FORMAT = 'proxy-model';
const VERSION = '4';
const HEADER = `${FORMAT} ${VERSION}`;
/** Takes about a millisecond. */
const SERVICES_A_TURN = 100;
/** In hexadecimal digits. */
const CHECKSUM_LENGTH = 64;
const SUFFIX = '.model';
const TEMPORARY = '.tmp';

export interface LoadedModels {
  readonly models: readonly ProxyModel[];
  /** Files that were left out, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** What a write says: all that a model has beside its services, those services that are new or changed, and the ids of those gone. */
interface Written {
  readonly rest: Omit<ProxyModel, 'services'>;
  readonly services: readonly Service[];
  readonly gone: readonly number[];
}

/**
 * Keeps a proxy's model on disk, readable by this user alone: it holds private keys. The file is replaced as a whole, so
 * that after a crash the old one or the new one is there. One call at a time for a proxy, as of `appendModel`.
 * @returns how long it is, in bytes
 */
export async function saveModel(folder: string, model: ProxyModel): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const line = await serialize(model, model.services.keys());
  const file = path.join(folder, fileName(model.name));
  const temporary = `${file}.${randomBytes(6).toString('hex')}${TEMPORARY}`;
  try {
    const length = await writeThrough(await open(temporary, 'wx', 0o600), [Buffer.from(`${HEADER}\n`), ...line]);
    await rename(temporary, file);
    await syncFolder(folder);
    return length;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Adds to a model that was saved what changed since: work in proportion to that. After a crash it is there or is not.
 * @param services that may be new, changed or gone, by id
 * @returns how much longer the file is, in bytes
 * @throws when there is no file, or it cannot be written: then the model is to be saved as a whole
 */
export async function appendModel(folder: string, model: ProxyModel, services: Iterable<number>): Promise<number> {
  const file = path.join(folder, fileName(model.name));
  return writeThrough(await open(file, constants.O_APPEND | constants.O_WRONLY), await serialize(model, services));
}

/** A line of a file, in pieces; between them other work gets its turn. */
async function serialize({ services, ...rest }: ProxyModel, ids: Iterable<number>): Promise<readonly Buffer[]> {
  const all = [...ids];
  const gone = all.filter((id) => !services.has(id));
  const checksum = createHash('sha256');
  const pieces: Buffer[] = [];
  const add = (text: string): void => {
    const piece = Buffer.from(text);
    checksum.update(piece);
    pieces.push(piece);
  };
  add(`{"rest":${JSON.stringify(rest)},"gone":${JSON.stringify(gone)},"services":[`);
  let isFirst = true;
  for (let from = 0; from < all.length; from += SERVICES_A_TURN) {
    if (from > 0) await nextTurn();
    const some = all.slice(from, from + SERVICES_A_TURN).flatMap((id) => services.get(id) ?? []);
    if (some.length === 0) continue;
    add(`${isFirst ? '' : ','}${JSON.stringify(some).slice(1, -1)}`);
    isFirst = false;
  }
  add(']}');
  return [Buffer.from(`${checksum.digest('hex')} `), ...pieces, Buffer.from('\n')];
}

/** @returns the bytes written, which are on the disk */
async function writeThrough(opened: FileHandle, pieces: readonly Buffer[]): Promise<number> {
  await withFile(opened, async (handle) => {
    for (const piece of pieces) await handle.writeFile(piece);
    await handle.datasync();
  });
  return pieces.reduce((sum, { length }) => sum + length, 0);
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
  const [header = '', whole = '', ...changes] = text.split('\n');
  const [format, version] = header.split(' ');
  if (format !== FORMAT) return 'is not a model';
  if (header !== HEADER) return `has version ${version}, and ${VERSION} is read`;
  const base = readLine(whole);
  // Whatever follows the last line's end was not written to its end.
  const unfinished = changes.pop();
  if (!base || unfinished === undefined) return 'is damaged';
  let { rest } = base;
  const services = new Map(base.services.map((service) => [service.id, service]));
  for (const line of changes) {
    const change = readLine(line);
    if (!change) return 'is damaged';
    rest = change.rest;
    for (const service of change.services) services.set(service.id, service);
    for (const id of change.gone) services.delete(id);
  }
  return { ...rest, services };
}

function readLine(line: string): Written | undefined {
  const content = line.slice(CHECKSUM_LENGTH + 1);
  return sha256(content) === line.slice(0, CHECKSUM_LENGTH) ? (JSON.parse(content) as Written) : undefined;
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
