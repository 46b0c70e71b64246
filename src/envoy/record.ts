import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Logger } from '../log';
import { writePrivate } from './write';

const identity = z.object({ pid: z.int().positive(), started: z.string() });
const record = z.object({ envoy: identity, owner: identity, fingerprint: z.string() });

/** What a later start needs to know of the Envoy that runs: which process, who supervises it, and what it was started with. */
export type EnvoyRecord = Readonly<z.infer<typeof record>>;

const fileIn = (dataDir: string) => path.join(dataDir, 'envoy.pid.json');

/** The record of the last start in this folder; undefined when there is none, or none that can be read. */
export async function readRecord(dataDir: string, log: Logger): Promise<EnvoyRecord | undefined> {
  const file = fileIn(dataDir);
  try {
    return record.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ file, err: error }, 'the pid file of Envoy is unreadable: left aside');
    return undefined;
  }
}

export function writeRecord(dataDir: string, value: EnvoyRecord): Promise<void> {
  return writePrivate(fileIn(dataDir), JSON.stringify(value));
}

export function removeRecord(dataDir: string): Promise<void> {
  return rm(fileIn(dataDir), { force: true });
}

/** Equal for two starts of the same binary with the same arguments and the same bootstrap. */
export async function fingerprintOf(binary: string, args: readonly string[], bootstrap: string): Promise<string> {
  const { size, mtimeMs } = await stat(binary);
  return createHash('sha256')
    .update(JSON.stringify([binary, size, mtimeMs, args, bootstrap]))
    .digest('hex');
}
