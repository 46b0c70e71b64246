import pino from 'pino';

export type Logger = pino.Logger;

/** JSON lines on standard error; standard output is left to the start's summary and Envoy's access log. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2 }));
}
