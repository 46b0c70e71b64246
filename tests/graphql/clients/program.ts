import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** What a client threw: its message, and the errors the server sent, where it kept them. */
export class ClientError extends Error {
  constructor(
    message: string,
    readonly errors: readonly { message: string; extensions?: { path: string; code: string } }[] | undefined,
  ) {
    super(message);
  }
}

/** A client in a process of its own, with its packages as their users have them: neither jest nor a compiler touches them. */
export interface Program {
  call(method: string, ...args: readonly unknown[]): Promise<unknown>;
  /** The next thing that a subscription of this name tells. */
  next(subscription: string): Promise<unknown>;
  /** What it has told and nobody has asked for. */
  untaken(subscription: string): readonly unknown[];
  stop(): Promise<void>;
}

interface Message {
  readonly ready?: true;
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly errors?: ClientError['errors'] };
  readonly subscription?: string;
  readonly event?: unknown;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const PATIENCE_MS = 10_000;

/** Starts a program of `programs/`; it can be called when the promise is kept. */
export async function startProgram(name: string, given: object): Promise<Program> {
  const file = path.join(__dirname, 'programs', `${name}.mjs`);
  const child = fork(file, [JSON.stringify(given)], { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  const exited = once(child, 'exit');
  const calls = new Map<number, Waiting>();
  const told = new Map<string, unknown[]>();
  const listeners = new Map<string, Waiting>();

  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: Message) => {
      if (message.ready) resolve();
      else if (message.subscription === undefined) answered(message);
      else heard(message.subscription, message.event);
    });
    child.on('exit', () => {
      const ended = new Error(`${name} has ended: ${output}`);
      reject(ended);
      for (const waiting of [...calls.values(), ...listeners.values()]) waiting.reject(ended);
    });
  });
  function answered({ id = 0, value, error }: Message): void {
    if (error) calls.get(id)?.reject(new ClientError(error.message, error.errors));
    else calls.get(id)?.resolve(value);
    calls.delete(id);
  }
  function heard(subscription: string, event: unknown): void {
    const listener = listeners.get(subscription);
    listeners.delete(subscription);
    if (listener) listener.resolve(event);
    else told.set(subscription, [...(told.get(subscription) ?? []), event]);
  }

  await ready;
  let made = 0;
  return {
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++made;
        calls.set(id, { resolve, reject });
        child.send({ id, method, args }, (error) => {
          if (error) reject(error);
        });
      }),
    next: async (subscription) => {
      const events = told.get(subscription) ?? [];
      if (events.length > 0) return events.shift();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${name} was told nothing of ${subscription}`)), PATIENCE_MS);
        listeners.set(subscription, {
          resolve: (event) => {
            clearTimeout(timer);
            resolve(event);
          },
          reject,
        });
      });
    },
    untaken: (subscription) => told.get(subscription) ?? [],
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
