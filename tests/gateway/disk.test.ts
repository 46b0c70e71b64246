import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProxyModel } from '../../src/gateway';
import { appendModel, loadModels, removeModel, saveModel } from '../../src/gateway';
import { grpcUpstream, proxy, route, service } from '../support/models';

let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'models-')), 'not', 'there', 'yet');
});
afterEach(() => rm(path.resolve(folder, '../../..'), { recursive: true, force: true }));

const pair = { certificate: 'CERTIFICATE', privateKey: 'KEY' };
const gw = proxy([
  service(1, 'a.test', [route(1, '/', [grpcUpstream(1, 50051)])], { tls: { secretId: 1, secretName: 's', pair } }),
]);

function named(name: string): ProxyModel {
  return { ...gw, name };
}

test('what is saved is loaded, and the last save wins', async () => {
  expect(await loadModels(folder)).toEqual({ models: [], skipped: [] });
  await saveModel(folder, named('gw'));
  await saveModel(folder, named('edge'));
  await saveModel(folder, { ...named('gw'), version: '2' });
  const { models, skipped } = await loadModels(folder);
  expect([...models].sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([named('edge'), { ...gw, version: '2' }]);
  expect(skipped).toEqual([]);
});

test('what is appended is what changed since: services that came, changed and went, and all beside them', async () => {
  const services = new Map([1, 2, 3].map((id) => [id, service(id, `s${id}.test`, [])]));
  const model = { ...gw, services };
  const whole = await saveModel(folder, model);
  services.delete(1);
  services.set(2, service(2, 'changed.test', [route(1, '/', [])]));
  services.set(4, service(4, 'new.test', []));
  const newest = { ...model, version: '7', rateLimits: [{ id: 1, name: 'gc', domain: 'd', descriptors: [] }] };
  const appended = await appendModel(folder, newest, new Set([1, 2, 4, 5]));
  expect((await loadModels(folder)).models).toEqual([newest]);
  await appendModel(folder, { ...newest, version: '8' }, []);
  expect((await loadModels(folder)).models).toEqual([{ ...newest, version: '8' }]);
  const [file = ''] = await readdir(folder);
  expect((await readFile(path.join(folder, file))).subarray(0, whole + appended).toString()).toMatch(/changed\.test.*\n$/s);
  await expect(appendModel(folder, named('never saved'), [])).rejects.toThrow('ENOENT');
});

test('of a model whose last lines a crash cut short, what came before them is loaded', async () => {
  const whole = await saveModel(folder, gw);
  const first = await appendModel(folder, { ...gw, version: '2' }, [1]);
  const second = await appendModel(folder, { ...gw, version: '3' }, [1]);
  const [file = ''] = await readdir(folder);
  const bytes = await readFile(path.join(folder, file));
  expect(bytes).toHaveLength(whole + first + second);
  for (let length = 0; length <= bytes.length; length += 1) {
    await writeFile(path.join(folder, file), bytes.subarray(0, length));
    const version = length < whole ? undefined : length < whole + first ? '1' : length < bytes.length ? '2' : '3';
    const { models, skipped } = await loadModels(folder);
    expect([length, models[0]?.version, skipped.length]).toEqual([length, version, version ? 0 : 1]);
  }
});

test('a model with a damaged line in its midst is not loaded', async () => {
  await saveModel(folder, gw);
  await appendModel(folder, { ...gw, version: '2' }, [1]);
  await appendModel(folder, { ...gw, version: '3' }, [1]);
  const [file = ''] = await readdir(folder);
  const text = await readFile(path.join(folder, file), 'utf8');
  await writeFile(path.join(folder, file), text.replace('"version":"2"', '"version":"9"'));
  expect((await loadModels(folder)).skipped).toEqual([{ file, reason: 'is damaged' }]);
});

test('a removed model is gone; removing it again is no error', async () => {
  await saveModel(folder, gw);
  await removeModel(folder, 'gw');
  await removeModel(folder, 'gw');
  expect(await readdir(folder)).toEqual([]);
});

test('folder and files are for this user alone', async () => {
  await saveModel(folder, gw);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const [file = ''] = await readdir(folder);
  expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
});

test.each(['../../etc/passwd', 'a/b', '.', 'ü'.repeat(200), 'CON', 'x\0y', ''])(
  'the proxy name %j is a safe file name',
  async (name) => {
    await saveModel(folder, named(name));
    const files = await readdir(folder);
    expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.model$/)]);
    expect((await loadModels(folder)).models.map((model) => model.name)).toEqual([name]);
  },
);

test('damaged, truncated, foreign and newer files are named and skipped, the others are loaded', async () => {
  for (const name of ['good', 'flipped', 'truncated', 'newer', 'moved']) await saveModel(folder, named(name));
  const files = await readdir(folder);
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(path.join(folder, file), 'utf8') })));
  const of = (name: string) => texts.find(({ text }) => text.includes(`"name":"${name}"`)) ?? { file: '', text: '' };
  const write = (file: string, text: string) => writeFile(path.join(folder, file), text);
  await write(of('flipped').file, of('flipped').text.replace('50051', '50052'));
  await write(of('truncated').file, of('truncated').text.slice(0, -10));
  await write(of('newer').file, of('newer').text.replace(/^proxy-model 4/, 'proxy-model 5'));
  await write(`${'0'.repeat(64)}.model`, of('moved').text);
  await write('empty.model', '');
  await write('notes.txt', 'hello');
  await rm(path.join(folder, of('moved').file));
  const { models, skipped } = await loadModels(folder);
  expect(models.map(({ name }) => name)).toEqual(['good']);
  expect(new Map(skipped.map(({ file, reason }) => [file, reason]))).toEqual(
    new Map([
      [of('flipped').file, 'is damaged'],
      [of('truncated').file, 'is damaged'],
      [of('newer').file, 'has version 5, and 4 is read'],
      [`${'0'.repeat(64)}.model`, 'is named after another proxy'],
      ['empty.model', 'is not a model'],
      ['notes.txt', 'is not a model'],
    ]),
  );
});

test('what a crash left in the middle of a save is removed', async () => {
  await saveModel(folder, gw);
  const [file = ''] = await readdir(folder);
  await writeFile(path.join(folder, `${file}.0123.tmp`), 'proxy-model 4');
  expect((await loadModels(folder)).models).toHaveLength(1);
  expect(await readdir(folder)).toEqual([file]);
});
