import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../src/root';
import { readSettings } from '../../src/settings';
import { readDockerfile } from './dockerfile';
import { settingsNames } from './settings-names';

const instructions = readDockerfile(path.join(ROOT, 'Dockerfile'));
const runtime = instructions.filter(({ stage }) => stage === instructions.at(-1)?.stage);
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  main: string;
  scripts: Record<string, string>;
};

const copies = instructions
  .filter(({ keyword }) => keyword === 'COPY')
  .map(({ stage, arguments: words }) => {
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    const paths = words.filter((word) => !word.startsWith('--'));
    return { stage, from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
  });

test('every file that is copied from the repository exists and is let through by .dockerignore', () => {
  const sources = [...new Set(copies.filter(({ from }) => !from).flatMap((copy) => copy.sources))].sort();
  expect(sources.filter((source) => !existsSync(path.join(ROOT, source)))).toEqual([]);

  const rules = readFileSync(path.join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const [first, ...allowed] = rules.filter((line) => line !== '' && !line.startsWith('#'));
  expect(first).toBe('*');
  expect(allowed.map((rule) => rule.replace(/^!/, '')).sort()).toEqual(sources);
});

test('what a stage copies from another was made there', () => {
  const made: Record<string, string[]> = {
    build: [path.join('/gateway', path.dirname(manifest.main))],
    packages: ['/gateway/node_modules'],
  };
  const across = copies.filter(({ from }) => from);
  expect(across.length).toBe(2);
  for (const { from, sources } of across) expect(made[from ?? '']).toEqual(sources);
});

test('every npm script that is run exists', () => {
  const scripts = instructions
    .map(({ arguments: words }) => /^npm run (\S+)$/.exec(words.join(' '))?.[1])
    .filter((name) => name !== undefined);
  expect(scripts).toEqual(['build']);
  for (const script of scripts) expect(manifest.scripts).toHaveProperty(script);
});

test('the image starts the program that the package names, with the node flags of npm start, not as root', () => {
  const command = runtime.find(({ keyword }) => keyword === 'CMD')?.arguments.join(' ');
  // npm runs it in a shell, which exec replaces.
  expect(`exec ${command}`).toBe(manifest.scripts.start);
  expect(command).toContain(manifest.main);
  expect(runtime.findLast(({ keyword }) => keyword === 'USER')?.arguments).toEqual(['node']);
});

test('every folder of the package that the program reads is in the image', () => {
  const copied = copies.filter(({ stage }) => stage === instructions.at(-1)?.stage).map(({ target }) => target.replace('./', ''));
  const read = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(ROOT, 'src', file), 'utf8').matchAll(/path\.(?:join|resolve)\(ROOT, '([^'/]+)/g),
    ])
    .map(([, name]) => name)
    .filter((name) => name !== '.cache'); // Made at run time, and only for an Envoy of our own.
  expect(read).toContain('db');
  expect(copied).toEqual(expect.arrayContaining(read));
});

test('its variables and ports are those of the settings', () => {
  const assignments = runtime.filter(({ keyword }) => keyword === 'ENV').flatMap(({ arguments: words }) => words);
  const environment = Object.fromEntries(assignments.map((word) => word.split('=', 2) as [string, string]));
  const known = settingsNames();
  expect(Object.keys(environment).filter((name) => name !== 'NODE_ENV' && !known.has(name))).toEqual([]);

  const settings = readSettings(environment);
  expect(settings.envoy.mode).toBe('off');
  expect(runtime.find(({ keyword }) => keyword === 'VOLUME')?.arguments).toEqual([settings.dataDir]);
  const ports = runtime.find(({ keyword }) => keyword === 'EXPOSE')?.arguments.map(Number);
  expect(ports).toEqual([settings.admin.port, settings.xds.port, settings.rateLimit.port]);
});
