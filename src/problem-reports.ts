import { problemInWords, proxyOf, wordsOf } from './gateway';
import type { Problem, ProxyChange } from './gateway';
import type { Logger } from './log';
import type { StatusBoard } from './status';

const LIMITS = 'rate limits';

/**
 * Tells of what cannot be served as it is stored, in parts of proxies: the work grows with the parts that change. On the board
 * is, as rejected by the gateway, what is not served at all.
 */
export class ProblemReports {
  readonly #log: Logger;
  readonly #board: Pick<StatusBoard, 'objectsRejected'>;
  /** By proxy: the problems of its parts that have any. */
  readonly #proxies = new Map<string, Map<string, readonly Problem[]>>();

  constructor(log: Logger, board: Pick<StatusBoard, 'objectsRejected'>) {
    this.#log = log;
    this.#board = board;
  }

  /** Takes in the problems of models, which whoever made the models has logged. */
  models(changed: readonly ProxyChange[], removed: readonly string[]): void {
    for (const name of removed) for (const part of this.#partsOf(name)) this.#put(name, part, []);
    for (const { model, services } of changed) {
      this.#put(model.name, 'itself', model.problems ?? []);
      for (const part of services === 'all' ? this.#partsOf(model.name) : [])
        if (isService(part) && !model.services.has(Number(part))) this.#put(model.name, part, []);
      for (const id of services === 'all' ? model.services.keys() : services)
        this.#put(model.name, String(id), model.services.get(id)?.problems ?? []);
    }
  }

  /** Takes in, and logs, all that was found of the rate limits of all proxies. */
  rateLimits(problems: readonly Problem[]): void {
    const found = new Map<string, Problem[]>();
    for (const problem of problems) {
      const proxy = proxyOf(problem.object) ?? '';
      found.set(proxy, [...(found.get(proxy) ?? []), problem]);
    }
    for (const [proxy, parts] of this.#proxies) if (parts.has(LIMITS) && !found.has(proxy)) this.note(proxy, LIMITS, []);
    for (const [proxy, list] of found) this.note(proxy, LIMITS, list);
  }

  /** Takes in, and logs once for as long as it stays, all that was found of a part. @param part any name */
  note(proxy: string, part: string, problems: readonly Problem[]): void {
    const known = new Set(this.#proxies.get(proxy)?.get(part)?.map(problemInWords));
    for (const problem of problems)
      if (!known.has(problemInWords(problem))) this.#log.warn({ object: wordsOf(problem.object) }, problem.message);
    this.#put(proxy, part, problems);
  }

  #partsOf(proxy: string): string[] {
    return [...(this.#proxies.get(proxy)?.keys() ?? [])];
  }

  #put(proxy: string, part: string, problems: readonly Problem[]): void {
    const parts = this.#proxies.get(proxy) ?? new Map<string, readonly Problem[]>();
    const before = parts.get(part) ?? [];
    if (before === problems || (before.length === 0 && problems.length === 0)) return;
    if (problems.length > 0) parts.set(part, problems);
    else parts.delete(part);
    if (parts.size > 0) this.#proxies.set(proxy, parts);
    else this.#proxies.delete(proxy);
    const rejected = problems.filter(({ isServed }) => !isServed);
    if (rejected.length === 0 && before.every(({ isServed }) => isServed)) return;
    const rejections = rejected.map(({ object, message }) => ({ object, reason: message }));
    this.#board.objectsRejected('gateway', proxy, rejections, part);
  }
}

/** The parts that are services have their ids as names. */
function isService(part: string): boolean {
  return /^\d+$/.test(part);
}
