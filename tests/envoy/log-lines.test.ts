import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { followLog, parseLogLine } from '../../src/envoy/log-lines';
import type { FollowedLog } from '../../src/envoy/log-lines';

describe('a line of Envoy in terms of pino', () => {
  test.each([
    ['[2026-11-22T23:52:15.713+00:00][warning][config] gRPC stream closed: 14', 'warn', 'config', 'gRPC stream closed: 14'],
    ['[2026-11-22T23:52:15.713+00:00][critical][main] cannot bind', 'error', 'main', 'cannot bind'],
    ['[2026-11-22T23:52:15.713+00:00][error][lua] script log: x [y][z] ', 'error', 'lua', 'script log: x [y][z] '],
    ['[2026-11-22T23:52:15.713+00:00][info][upstream] cds: add 1 cluster(s)', 'debug', 'upstream', 'cds: add 1 cluster(s)'],
    ['envoy: error while loading shared libraries', 'warn', 'process', 'envoy: error while loading shared libraries'],
  ])('%s', (line, level, component, message) => {
    expect(parseLogLine(line)).toEqual({ level, component, message });
  });
});

describe('a followed log', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'envoy-log-'));
  const file = path.join(folder, 'envoy.log');
  const lines: string[] = [];
  let log: FollowedLog;
  beforeEach(() => {
    lines.length = 0;
    writeFileSync(file, 'earlier\n');
    log = followLog(file, 1000, (line) => lines.push(line));
  });
  afterEach(() => log.stop());
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives whole lines that came after the beginning, by itself', async () => {
    appendFileSync(file, 'one\ntw');
    for (let tries = 0; tries < 100 && lines.length === 0; tries += 1) await sleep(50);
    expect(lines).toEqual(['one']);
    appendFileSync(file, 'o\n');
    log.read();
    expect(lines).toEqual(['one', 'two']);
  });

  test('keeps characters whole that come in two parts', () => {
    const [first, second] = [Buffer.from('grü').subarray(0, 3), Buffer.from('grü\n').subarray(3)];
    appendFileSync(file, first);
    log.read();
    appendFileSync(file, second);
    log.read();
    expect(lines).toEqual(['grü']);
  });

  test('is emptied beyond its bound, and goes on', () => {
    appendFileSync(file, `${'x'.repeat(2000)}\n`);
    log.read();
    expect(statSync(file).size).toBe(0);
    appendFileSync(file, 'after\n');
    log.read();
    expect(lines).toEqual(['x'.repeat(2000), 'after']);
  });

  test('goes on when someone else emptied it', () => {
    appendFileSync(file, 'before\n');
    log.read();
    truncateSync(file);
    appendFileSync(file, 'x\n');
    log.read();
    expect(lines).toEqual(['before', 'x']);
  });
});
