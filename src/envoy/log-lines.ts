import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Level } from 'pino';

/** Envoy's `--log-format`; `%_` is the message with its line breaks escaped, so that a message is a line. */
export const LOG_FORMAT = '[%Y-%m-%dT%T.%e%z][%l][%n] %_';
const LINE = /^\[[^\]]*\]\[(\w+)\]\[([^\]]*)\] (.*)$/;

/** Envoy tells at start, at level info, every extension that it has: that is for debugging. */
const LEVELS: Readonly<Record<string, Level>> = {
  trace: 'trace',
  debug: 'debug',
  info: 'debug',
  warning: 'warn',
  error: 'error',
  critical: 'error',
};

/** A line of Envoy's log in pino's terms; `component` is Envoy's logger, such as `config` or `upstream`. */
export interface LogLine {
  readonly level: Level;
  readonly component: string;
  readonly message: string;
}

/** What is not in Envoy's format comes from the loader or the allocator, and only when something is amiss. */
export function parseLogLine(line: string): LogLine {
  const [, level = '', component = '', message = ''] = LINE.exec(line) ?? [];
  return message
    ? { level: LEVELS[level] ?? 'warn', component, message }
    : { level: 'warn', component: 'process', message: line };
}

export interface FollowedLog {
  /** Reads what has come since the last time, at once. */
  read(): void;
  /** Reads the rest, and no more after that. */
  stop(): void;
}

const POLL_MS = 200;
const CHUNK_BYTES = 65_536;

/**
 * Calls `onLine` for each line that is appended to the file from now on. Beyond `maxBytes` the file is emptied, which its
 * writers (they append) do not notice; a line written in that very moment may be lost.
 */
export function followLog(file: string, maxBytes: number, onLine: (line: string) => void): FollowedLog {
  const descriptor = openSync(file, 'r+');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let decoder = new StringDecoder('utf8');
  let offset = fstatSync(descriptor).size;
  let rest = '';

  const read = () => {
    if (fstatSync(descriptor).size < offset) offset = 0; // Someone else emptied it.
    for (let length; (length = readSync(descriptor, chunk, 0, CHUNK_BYTES, offset)) > 0; offset += length) {
      const lines = (rest + decoder.write(chunk.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') onLine(line);
    }
    if (offset > maxBytes) {
      ftruncateSync(descriptor, 0);
      offset = 0;
      rest = '';
      decoder = new StringDecoder('utf8');
    }
  };

  const timer = setInterval(read, POLL_MS).unref();
  return {
    read,
    stop: () => {
      clearInterval(timer);
      read();
      closeSync(descriptor);
    },
  };
}
