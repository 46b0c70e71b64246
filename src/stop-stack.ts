import type { Logger } from './log';

/** What was started, to be stopped in reverse. One part that fails to stop does not keep the others running. */
export class StopStack {
  readonly #log: Logger;
  readonly #parts: { readonly name: string; readonly stop: () => Promise<void> }[] = [];

  constructor(log: Logger) {
    this.#log = log;
  }

  push(name: string, stop: () => Promise<void>): void {
    this.#parts.push({ name, stop });
  }

  async stop(): Promise<void> {
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) {
      try {
        await part.stop();
        this.#log.debug({ part: part.name }, 'stopped');
      } catch (error) {
        this.#log.error({ part: part.name, err: error }, 'did not stop cleanly');
      }
    }
  }
}
