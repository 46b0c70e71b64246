import pino from 'pino';
import type { ConnectedEnvoy, StatusBoard, StatusPool } from '../../src/status';
import { createStatusBoard } from '../../src/status';

export interface BoardUnderTest extends StatusBoard {
  /** When each statement was sent, in milliseconds of a monotonic clock. */
  readonly statements: readonly number[];
  /** What was logged, as objects. */
  readonly logged: readonly { readonly level: number; readonly msg: string }[];
  /** While set, statements fail with it. */
  setFailure(failure: Error | undefined): void;
}

/** A board whose statements are counted, and fail when told to. */
export function boardUnderTest(pool: StatusPool, instance = 'one', now?: () => number): BoardUnderTest {
  const statements: number[] = [];
  const logged: { level: number; msg: string }[] = [];
  let failure: Error | undefined;
  const counted: StatusPool = {
    query: (text, values) => {
      statements.push(performance.now());
      return failure ? Promise.reject(failure) : pool.query(text, values);
    },
  };
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line) as { level: number; msg: string }) });
  const board = createStatusBoard({ pool: counted, instance, log, now });
  return { ...board, statements, logged, setFailure: (next) => (failure = next) };
}

export function envoy(node: string, changes: Partial<ConnectedEnvoy> = {}): ConnectedEnvoy {
  return {
    node,
    proxy: 'gw',
    peer: '127.0.0.1:50000',
    userAgent: 'envoy/1.40.0',
    connectedSince: new Date('2026-01-02T03:04:05Z'),
    ...changes,
  };
}
