import type pg from 'pg';
import type { GraphQLRequest } from './engine';
import type { RequestError } from './errors';
import type { BoundPlan } from './execute';
import { run } from './execute';
import type { Role } from './http';
import type { LiveQueries, Sink, Subscription } from './live';

/** Who takes what an operation gives over a connection that lasts. */
export interface OperationSink extends Sink {
  /** The query or mutation failed while it ran; this is the end. */
  aborted(error: RequestError): void;
  complete(): void;
}

/** Starts a subscription, or runs a query or mutation once; a fault of the request's goes to the sink. */
export type Operate = (request: GraphQLRequest, role: Role, sink: OperationSink) => Subscription;

export interface OperateOptions {
  readonly pool: pg.Pool;
  readonly planOf: (request: GraphQLRequest, role: Role) => BoundPlan;
  readonly live: LiveQueries;
  readonly failure: (error: unknown) => RequestError;
}

const OVER: Subscription = { resume: () => undefined, stop: () => undefined };

export function createOperate({ pool, planOf, live, failure }: OperateOptions): Operate {
  return (request, role, sink) => {
    try {
      const { plan, variables } = planOf(request, role);
      if (plan.live) return live.subscribe(plan, variables, sink);
      let isStopped = false;
      const end = (use: () => void): void => {
        if (!isStopped) use();
      };
      run(pool, plan, variables).then(
        (body) =>
          end(() => {
            sink.data(body);
            sink.complete();
          }),
        (error: unknown) => end(() => fail(failure(error), sink)),
      );
      return { ...OVER, stop: () => (isStopped = true) };
    } catch (error) {
      sink.refused(failure(error));
      return OVER;
    }
  };
}

/** What Postgres refused was run; the rest was found before. */
function fail(error: RequestError, sink: OperationSink): void {
  if (error.detail.sqlState === undefined && !error.detail.unavailable) sink.refused(error);
  else sink.aborted(error);
}
