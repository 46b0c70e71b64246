import os from 'node:os';
import type { Row } from './cases/case';
import { PARTS, runPart, SMALL, WHOLE } from './suite';

/**
 * Runs the fault suite and prints its table; the parts that are named as arguments, or all. FAULTS_SEED repeats the choices of a
 * run, FAULTS_SCALE=small does less.
 */
async function main(named: readonly string[]): Promise<void> {
  const unknown = named.filter((part) => !(part in PARTS));
  if (unknown.length > 0)
    throw new Error(`there is no part ${unknown.join(', ')}: the parts are ${Object.keys(PARTS).join(', ')}`);
  const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 1_000_000));
  const scale = process.env.FAULTS_SCALE === 'small' ? SMALL : WHOLE;
  const started = performance.now();
  console.log(`FAULTS_SEED=${seed} on ${os.cpus().length} processors, load ${os.loadavg()[0]?.toFixed(1)}`);
  const rows: Row[] = [];
  for (const part of named.length > 0 ? named : Object.keys(PARTS)) {
    const tell = (text: string): void =>
      console.log(`  ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
    tell(part);
    rows.push(...(await runPart(part, { seed, tell }, scale)));
  }
  console.log('\n| fault | holds | measured |\n| --- | --- | --- |');
  for (const { fault, holds, measured } of rows) console.log(`| ${fault} | ${holds ? 'yes' : '**no**'} | ${measured} |`);
  for (const { fault, failures } of rows) for (const failure of failures) console.log(`\n${fault}: ${failure}`);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `\n${rows.filter(({ holds }) => holds).length} of ${rows.length} hold, in ${minutes} minutes, load now ${os.loadavg()[0]?.toFixed(1)}`,
  );
  // A case that did not come to an end may have left something running.
  process.exit(rows.every(({ holds }) => holds) ? 0 : 1);
}

void main(process.argv.slice(2));
