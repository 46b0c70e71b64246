import type { Problem, ProxyChange } from '../gateway';
import type { Rejection, StatusBoard } from './board';

/** Puts on the board, as rejected by the gateway, what it cannot serve of each proxy. Work grows with what changed. */
export class ProblemBoard {
  readonly #board: Pick<StatusBoard, 'objectsRejected'>;
  /** By proxy: the problems of the proxy itself, and those of its services that have any, by id. */
  readonly #proxies = new Map<string, { own: readonly Problem[]; readonly services: Map<number, readonly Problem[]> }>();

  constructor(board: Pick<StatusBoard, 'objectsRejected'>) {
    this.#board = board;
  }

  /** @param found what was found beside the models, by proxy; all that there is now */
  report(changed: readonly ProxyChange[], removed: readonly string[], found: (proxy: string) => readonly Problem[]): void {
    for (const name of removed) {
      this.#proxies.delete(name);
      this.#board.objectsRejected('gateway', name, []);
    }
    for (const change of changed) this.#apply(change);
    for (const [name, { own, services }] of this.#proxies) {
      const problems = [...own, ...[...services.values()].flat(), ...found(name)];
      this.#board.objectsRejected('gateway', name, problems.filter(({ isServed }) => !isServed).map(rejection));
    }
  }

  #apply({ model, services: ids }: ProxyChange): void {
    const services = this.#proxies.get(model.name)?.services ?? new Map<number, readonly Problem[]>();
    this.#proxies.set(model.name, { own: model.problems ?? [], services });
    if (ids === 'all') services.clear();
    for (const id of ids === 'all' ? model.services.keys() : ids) {
      const problems = model.services.get(id)?.problems ?? [];
      if (problems.length > 0) services.set(id, problems);
      else services.delete(id);
    }
  }
}

/** A problem is the same object as long as its service is, and so is its rejection. */
const rejections = new WeakMap<Problem, Rejection>();

function rejection(problem: Problem): Rejection {
  const known = rejections.get(problem) ?? { object: problem.object, reason: problem.message };
  rejections.set(problem, known);
  return known;
}
