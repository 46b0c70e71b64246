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

  it('reports a disk that cannot be written and goes on', async () => {
    const blocked = path.join(folder, 'file');
    writeFileSync(blocked, '');
    const keeper = createModelKeeper(path.join(blocked, 'models'), log);
    keeper.keep([whole(proxy([]))], []);
    await keeper.flush();
    expect(logged.join('')).toContain('could not be kept');
  });
});
