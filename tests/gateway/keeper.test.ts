import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { createModelKeeper, loadModels } from '../../src/gateway';
import { eventually } from '../support/eventually';
import { proxy, service, whole } from '../support/models';

describe('the keeper of last models', () => {
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'keeper-'));
    logged.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has the newest model of each proxy on disk after a flush, and none of those removed', async () => {
    const keeper = createModelKeeper(folder, log);
    const newest = proxy([service(1, 'a.test', [])], { version: '3' });
    keeper.keep([whole(proxy([], { version: '1' })), whole(proxy([], { name: 'other' }))], []);
    keeper.keep([whole(proxy([], { version: '2' }))], ['other']);
    keeper.keep([whole(newest)], []);
    await keeper.flush();
    expect((await loadModels(folder)).models).toEqual([newest]);
  });

  it('writes by itself, and goes on after a flush', async () => {
    const keeper = createModelKeeper(folder, log);
    keeper.keep([whole(proxy([], { version: '1' }))], []);
    await keeper.flush();
    keeper.keep([whole(proxy([], { version: '2' }))], []);
    // Loading removes what a save has not finished, so the file is looked at from the outside first.
    const [file = ''] = readdirSync(folder);
    await eventually(() => expect(readFileSync(path.join(folder, file), 'utf8')).toContain('"version":"2"'));
    expect((await loadModels(folder)).models).toMatchObject([{ version: '2' }]);
  });

  it('appends what changes, and writes the file anew when it has become twice as long', async () => {
    const keeper = createModelKeeper(folder, log);
    const services = new Map(Array.from({ length: 20 }, (_, id) => [id, service(id, `s${id}.test`, [])]));
    const model = (version: number) => ({ ...proxy([], { version: String(version) }), services });
    const lengthAfter = async (version: number, ids: readonly number[] | 'all') => {
      keeper.keep([{ model: model(version), services: ids === 'all' ? ids : new Set(ids) }], []);
      await keeper.flush();
      return readFileSync(path.join(folder, readdirSync(folder)[0]!), 'utf8').length;
    };
    const whole = await lengthAfter(1, 'all');
    let before = whole;
    const written: number[] = [];
    for (let version = 2; version <= 60; version += 1) {
      services.set(5, service(5, `v${version}.test`, []));
      const length = await lengthAfter(version, [5]);
      written.push(length > before ? length - before : length);
      before = length;
    }
    expect((await loadModels(folder)).models).toEqual([model(60)]);
    const wholes = written.filter((length) => length >= whole);
    expect(wholes.length).toBeGreaterThan(0);
    expect(wholes.length).toBeLessThan(15);
    expect(Math.max(...written.filter((length) => length < whole))).toBeLessThan(whole / 4);
  });

  it('joins the changes that come within one write', async () => {
    const keeper = createModelKeeper(folder, log);
    const services = new Map([1, 2, 3].map((id) => [id, service(id, `s${id}.test`, [])]));
    const model = (version: string) => ({ ...proxy([], { version }), services });
    keeper.keep([whole(model('1'))], []);
    await keeper.flush();
    services.set(1, service(1, 'one.test', []));
    keeper.keep([{ model: model('2'), services: new Set([1]) }], []);
    services.delete(3);
    keeper.keep([{ model: model('3'), services: new Set([3]) }], []);
    await keeper.flush();
    expect((await loadModels(folder)).models).toEqual([model('3')]);
  });

  it('writes the whole model when its file is gone', async () => {
    const keeper = createModelKeeper(folder, log);
    const model = proxy([service(1, 'a.test', [])]);
    keeper.keep([whole(model)], []);
    await keeper.flush();
    rmSync(path.join(folder, readdirSync(folder)[0]!));
    keeper.keep([{ model, services: new Set([1]) }], []);
    await keeper.flush();
    expect(logged.join('')).toContain('could not be kept');
    keeper.keep([{ model, services: new Set([1]) }], []);
    await keeper.flush();
    expect((await loadModels(folder)).models).toEqual([model]);
  });

  it('reports a disk that cannot be written and goes on', async () => {
    const blocked = path.join(folder, 'file');
    writeFileSync(blocked, '');
    const keeper = createModelKeeper(path.join(blocked, 'models'), log);
    keeper.keep([whole(proxy([]))], []);
    await keeper.flush();
    expect(logged.join('')).toContain('could not be kept');
  });
});
