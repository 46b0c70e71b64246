import type pg from 'pg';
import type { GraphQLRequest } from './engine';
import type { RequestError } from './errors';
import type { BoundPlan } from './execute';
import { parametersOf, run } from './execute';
import type { Role } from './http';
import type { LiveQueries, Sink, Subscription } from './live';

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
  readonly failure: (error: unknown) => RequestError;
  /** How long a query or mutation may take, in milliseconds. */
  readonly timeMs: number | undefined;
}

const OVER: Subscription = { resume: () => undefined, stop: () => undefined };

export function createOperate({ pool, planOf, live, failure, timeMs }: OperateOptions): Operate {
  return (request, role, sink) => {
    try {
      const { plan, variables } = planOf(request, role);
      if (plan.live) return live.subscribe(plan, variables, sink);
      const parameters = parametersOf(plan, variables);
      let isStopped = false;
      const runOnce = async (): Promise<void> => {
        try {
          const ran = await sink.inTurn(() => (isStopped ? Promise.resolve(undefined) : run(pool, plan, parameters, { timeMs })));
          if (ran === undefined || isStopped) return;
          sink.data(ran.body);
          sink.complete();
        } catch (error) {
          if (!isStopped) sink.aborted(failure(error));
        }
      };
      void runOnce();
      return { ...OVER, stop: () => (isStopped = true) };
    } catch (error) {
      sink.refused(failure(error));
      return OVER;
    }
  };
}
