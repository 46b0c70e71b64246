import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processOf, terminate } from '../../src/envoy/process';
import { eventually } from '../support/eventually';

async function shell(script: string): Promise<{ child: ChildProcess; pid: number; started: string; said: string }> {
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  if (!child.stdout || child.pid === undefined) throw new Error('the shell did not start');
  const [said] = (await once(child.stdout, 'data')) as [Buffer]; // The script runs.
  const found = await processOf(child.pid);
  return { child, pid: child.pid, started: found?.started ?? '', said: said.toString().trim() };
}

test('a process is known by its id, start and command line', async () => {
  const { child, pid, started } = await shell('echo; exec sleep 61');
  // While it becomes the sleep, the process has no command line for a moment.
  await eventually(async () => expect(await processOf(pid)).toEqual({ pid, started, command: 'sleep 61' }));
  expect(started).not.toBe('');
  expect(await isRunning({ pid, started })).toBe(true);
  expect(await isRunning({ pid, started: `${started}0` })).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await processOf(pid)).toBeUndefined();
});

test('a zombie does not run', async () => {
  // The first sleep ends under a parent that has become the second, which never asks after it.
  const { child, said } = await shell('sleep 0.5 & echo $!; exec sleep 61');
  const zombie = Number(said);
  for (const deadline = Date.now() + 20_000; (await processOf(zombie)) && Date.now() < deadline;) await sleep(20);
  expect(await processOf(zombie)).toBeUndefined();
  process.kill(zombie, 0); // The system still knows it.
  child.kill('SIGKILL');
});

test('a process that listens to SIGTERM ends by it', async () => {
  const { child, ...identity } = await shell('trap "exit 7" TERM; echo; while :; do sleep 0.05; done');
  const exit = once(child, 'exit');
  await terminate(identity, 20_000);
  expect(await exit).toEqual([7, null]);
});

test('one that does not is killed after the given patience', async () => {
  const { child, ...identity } = await shell('trap "" TERM; echo; while :; do sleep 0.05; done');
  const exit = once(child, 'exit');
  await terminate(identity, 300);
  expect(await exit).toEqual([null, 'SIGKILL']);
});

test('another process with the same id is left alone', async () => {
  const { child, pid, started } = await shell('echo; exec sleep 61');
  await terminate({ pid, started: `${started}0` }, 0);
  expect(await isRunning({ pid, started })).toBe(true);
  child.kill('SIGKILL');
});
