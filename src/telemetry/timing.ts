import type { Metric, MetricObjectWithValues, MetricValueWithName, Registry } from 'prom-client';

export interface TimingOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds in seconds, ascending. */
  readonly buckets: readonly number[];
}

type Labels = Readonly<Record<string, string>>;

/** The times of one set of labels. */
class Times {
  readonly counts: number[];
  sum = 0;
  count = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.counts = bounds.map(() => 0);
  }

  observe(seconds: number): void {
    this.sum += seconds;
    this.count += 1;
    const bucket = this.bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }
}

/**
 * A histogram like prom-client's, whose children are known beforehand: prom-client's own looks its labels up at every
 * observation, which takes longer than all the rest that is done to watch a GraphQL operation.
 */
export class TimingHistogram {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  readonly #buckets: readonly number[];
  readonly #children: { readonly labels: Labels; readonly times: Times }[] = [];

  constructor(registry: Registry, { name, help, buckets }: TimingOptions) {
    this.name = name;
    this.help = help;
    this.#buckets = buckets;
    // What a registry asks of a metric is `name`, `get` and `reset`.
    registry.registerMetric(this as unknown as Metric);
  }

  child(labels: Labels): Pick<Times, 'observe'> {
    const times = new Times(this.#buckets);
    this.#children.push({ labels, times });
    return times;
  }

  get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    const { name, help, aggregator } = this;
    const values = this.#children.flatMap((child) => (child.times.count > 0 ? this.#valuesOf(child) : []));
    return Promise.resolve({ name, help, aggregator, type: this.type, values } as unknown as MetricObjectWithValues<
      MetricValueWithName<string>
    >);
  }

  reset(): void {
    for (const { times } of this.#children) {
      times.counts.fill(0);
      times.sum = 0;
      times.count = 0;
    }
  }

  #valuesOf({ labels, times }: { readonly labels: Labels; readonly times: Times }): object[] {
    let below = 0;
    const buckets = this.#buckets.map((le, index) => {
      below += times.counts[index] ?? 0;
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: below };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_bucket`, labels: { le: '+Inf', ...labels }, value: times.count },
      { metricName: `${this.name}_sum`, labels, value: times.sum },
      { metricName: `${this.name}_count`, labels, value: times.count },
    ];
  }
}
