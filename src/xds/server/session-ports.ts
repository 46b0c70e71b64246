import type { Logger } from '../../log';
import type { Delivery } from './protocol';
import type { Rejections } from './rejections';

/** What a session needs from the outside. Times are milliseconds of a monotonic clock. */
export interface SessionPorts {
  send(delivery: Delivery): void;
  now(): number;
  /** Calls back once; the returned function cancels. */
  after(milliseconds: number, callback: () => void): () => void;
  readonly log: Logger;
  readonly rejections: Rejections;
  /** The program and its version. */
  readonly client: string;
  /** Called when what the session tells of the client may have changed. */
  onMoved(): void;
}
