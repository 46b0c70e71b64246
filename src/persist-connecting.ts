import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from './log';

/** Something that was started, or is still being tried. */
export interface Stoppable {
  stop(): Promise<void>;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;

/** Tries to connect again and again, with growing pauses, until it works or is stopped. */
export function persistConnecting(connect: () => Promise<Stoppable>, log: Logger): Stoppable {
  const stopping = new AbortController();

  async function run(): Promise<Stoppable | undefined> {
    for (let pause = FIRST_RETRY_MS; !stopping.signal.aborted; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
      try {
        await sleep(pause, undefined, { signal: stopping.signal });
        const connected = await connect();
        log.info('the database is reached: from here on its state is served');
        return connected;
      } catch (error) {
        if (!stopping.signal.aborted)
          log.warn({ reason: (error as Error).message }, 'what is in the database is still not served');
      }
    }
    return undefined;
  }

  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await (await running)?.stop();
    },
  };
}
