import { StartError } from '../errors';
import type { Logger } from '../log';
import type { Settings } from '../settings';
import { adminAnswers } from './admin';
import type { Plan } from './plan';
import { isRunning, processOf, terminate } from './process';
import type { ProcessIdentity } from './process';
import { readRecord } from './record';

/**
 * The Envoy that a killed process of ours left serving, when it is the one that would be started now. One that is not, or
 * that does not answer, is ended: then, as when there is none, the result is undefined.
 * @throws StartError when the process that supervises it still lives.
 */
export async function findSurvivor(
  settings: Settings,
  plan: Plan,
  killAfterMs: number,
  log: Logger,
): Promise<ProcessIdentity | undefined> {
  const left = await readRecord(settings.dataDir, log);
  if (!left) return undefined;
  if (await isRunning(left.owner)) {
    throw new StartError(
      `process ${left.owner.pid} runs with this DATA_DIR (${settings.dataDir}): stop it, or set another DATA_DIR`,
    );
  }
  const found = await processOf(left.envoy.pid);
  if (found?.started !== left.envoy.started || !found.command.includes(plan.bootstrapFile)) return undefined;

  const { pid, started } = left.envoy;
  const unfit =
    left.fingerprint !== plan.fingerprint
      ? 'another bootstrap or binary is wanted now'
      : !(await adminAnswers(settings.envoy.adminPort))
        ? 'it does not answer'
        : undefined;
  if (!unfit) return { pid, started };
  log.info({ pid }, `ending the Envoy of an earlier start: ${unfit}`);
  await terminate(left.envoy, killAfterMs);
  return undefined;
}
