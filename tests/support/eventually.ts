import { setTimeout as sleep } from 'node:timers/promises';

/** Tries until the check passes; then fails with the check's last error. */
export async function eventually<T>(check: () => Promise<T> | T, timeoutMs = 20_000, everyMs = 25): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(everyMs);
    }
  }
}
