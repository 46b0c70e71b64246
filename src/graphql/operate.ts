import type pg from 'pg';
import type { GraphQLRequest, OperationObserver, Receipt } from './engine';
import type { RequestError } from './errors';
import type { Plan } from './compile';
import type { BoundPlan, TimeLimit } from './execute';
import { parametersOf, run } from './execute';
import type { Role } from './http';
import type { LiveQueries, Sink, Subscription } from './live';
import { Observed } from './observed';

/** Who takes what an operation gives over a connection that lasts. */
export interface OperationSink extends Sink {
  /** The query or mutation failed while it ran; this is the end. */
  aborted(error: RequestError): void;
  complete(): void;
  /**
   * Runs a query or mutation when it is its turn: a connection may have only so many under way.
   * @returns undefined when the client has gone before
   */
  inTurn<T>(use: () => Promise<T>): Promise<T | undefined>;
}

/** Starts a subscription, or runs a query or mutation once; a fault of the request's goes to the sink. */
export type Operate = (request: GraphQLRequest, role: Role, sink: OperationSink) => Subscription;

export interface OperateOptions {
  readonly pool: pg.Pool;
  readonly planOf: (request: GraphQLRequest, role: Role) => BoundPlan;
  readonly live: LiveQueries;
  readonly receipt: Receipt | undefined;
  readonly observer: OperationObserver | undefined;
  readonly failure: (error: unknown, requestId?: string) => RequestError;
  /** How long a query or mutation may take. */
  readonly limitFor: (plan: Plan) => TimeLimit | undefined;
}

const OVER: Subscription = { resume: () => undefined, stop: () => undefined };

export function createOperate({ pool, planOf, live, receipt, observer, failure, limitFor }: OperateOptions): Operate {
  return (request, role, sink) => {
    const observed = new Observed(request, observer);
    const failed = (error: unknown): RequestError => {
      const known = failure(error, request.origin?.requestId);
      observed.failed(known);
      return known;
    };
    try {
      const { plan, variables } = planOf(request, role);
      observed.planned(plan);
      if (plan.live) {
        const subscription = live.subscribe(plan, variables, sink);
        observed.succeeded();
        return subscription;
      }
      const parameters = parametersOf(plan, variables);
      const { opening } = observed.beside(request, receipt);
      let isStopped = false;
      const runOnce = async (): Promise<void> => {
        try {
          const ran = await sink.inTurn(() =>
            isStopped
              ? Promise.resolve(undefined)
              : observed.running(plan, () => run(pool, plan, parameters, { opening, limit: limitFor(plan) })),
          );
          if (ran === undefined) return observed.skipped();
          observed.succeeded();
          if (isStopped) return;
          sink.data(ran.body);
          sink.complete();
        } catch (error) {
          const known = failed(error);
          if (!isStopped) sink.aborted(known);
        }
      };
      void runOnce();
      return { ...OVER, stop: () => (isStopped = true) };
    } catch (error) {
      sink.refused(failed(error));
      return OVER;
    }
  };
}
