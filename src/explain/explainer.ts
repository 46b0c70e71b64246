import { GatewayError } from '../errors';
import type { ProxyChange, ProxyModel } from '../gateway';
import type { TranslationOptions } from '../xds';
import { explain } from './explain';
import type { Explanation } from './explanation';
import type { QueryValues } from './query';
import { askedRequest } from './query';
import type { HealthOf } from './upstreams';

/** Answers from the models that Envoys are served, kept as it is told of them. */
export class Explainer {
  readonly #models = new Map<string, ProxyModel>();
  #told = false;

  /** @param healthOf what Envoy says of an endpoint; without it nothing is known of any */
  constructor(
    private readonly options: TranslationOptions,
    private readonly healthOf: HealthOf = () => undefined,
  ) {}

  /** Takes in what changed, as xDS does. */
  update(changed: readonly ProxyChange[], removed: readonly string[]): void {
    this.#told = true;
    for (const { model } of changed) this.#models.set(model.name, model);
    for (const name of removed) this.#models.delete(name);
  }

  /**
   * What becomes of the request that the parameters describe.
   * @throws GatewayError invalid_input, object_not_found for an unknown proxy, database_unreachable before the first update
   */
  explain(values: QueryValues): Explanation {
    const request = askedRequest(values);
    const name = values.get('proxy')?.[0] || this.options.proxyName;
    const model = this.#models.get(name);
    if (model) return explain(model, request, this.options, this.healthOf);
    if (!this.#told) throw new GatewayError('database_unreachable', 'the configuration has not been read yet: try again');
    throw new GatewayError('object_not_found', `proxy ${name} does not exist`);
  }
}
