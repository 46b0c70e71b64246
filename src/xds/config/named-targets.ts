import type { Problem, ProxyChange } from '../../gateway';
import type { ResourceKind } from '../translate';
import {
  apiListener,
  grpcRoutesName,
  isProxyListener,
  isRefusalName,
  refusalListener,
  serviceIdOf,
  unreachable,
} from '../translate/grpc';
import { AskedServices } from './asked-services';
import { Counts } from './counts';
import { ServiceNames } from './service-names';
import type { Noted } from './noted';
import type { ChangedNames, Targets } from './target';
import { TargetTable } from './target-table';

/** The listener of a name that somebody asks for. */
interface Listener {
  /** How many ask. */
  count: number;
  /** The service's id; undefined when there is none of this name. */
  id: number | undefined;
  refusal: Problem | undefined;
}

/**
 * What the clients of a proxy have by name alone, never among everything: its services, for gRPC clients that do without the
 * proxy. Each is made when one of its names is first asked for, kept up with the model, and gone when nobody asks for any.
 */
export class NamedTargets {
  readonly #proxy: string;
  readonly #table = new TargetTable();
  readonly #names = new ServiceNames();
  readonly #noted: Noted;
  readonly #services: AskedServices;
  readonly #listeners = new Map<string, Listener>();
  /** Of clusters and endpoints whose names say a refusal: how many ask. */
  readonly #refusals = new Counts();
  #isComplete = false;

  /**
   * @param proxy its name
   * @param noted told, of what somebody asks for, what is refused and what gRPC clients do otherwise than the proxy
   */
  constructor(proxy: string, noted: Noted) {
    this.#proxy = proxy;
    this.#noted = noted;
    this.#services = new AskedServices(this.#table, noted);
  }

  get targets(): Targets {
    return this.#table;
  }

  /**
   * Somebody asks for a name, until it is released.
   * @returns why gRPC clients are refused the service that it stands for, when that is known already
   */
  demand(kind: ResourceKind, name: string): Problem | undefined {
    const id = serviceIdOf(name);
    if (kind === 'listener') this.#demandListener(name);
    else if (id !== undefined) this.#services.retain(id, kind, name);
    else if (isRefusalName(name)) {
      this.#refusals.up(name);
      this.#table.putCluster(name, unreachable(name));
    }
    // Nobody has to be told: what is there already stays, and whoever asked is answered.
    this.#table.takeChanged();
    return kind === 'listener' && this.#isComplete ? this.#listeners.get(name)?.refusal : undefined;
  }

  release(kind: ResourceKind, name: string): void {
    const id = serviceIdOf(name);
    if (kind === 'listener') this.#releaseListener(name);
    else if (id !== undefined) this.#services.release(id, kind, name);
    else if (isRefusalName(name) && this.#refusals.down(name)) this.#table.putCluster(name, undefined);
    this.#table.takeChanged();
  }

  /** Takes in a change of the model. @returns the names of what came, changed or went */
  apply(change: ProxyChange): ChangedNames {
    this.#isComplete = true;
    this.#services.apply(change);
    for (const name of this.#names.apply(change)) this.#lead(name);
    return this.#table.takeChanged();
  }

  #demandListener(name: string): void {
    if (isProxyListener(name)) return;
    const known = this.#listeners.get(name);
    if (known) known.count += 1;
    else {
      this.#listeners.set(name, { count: 1, id: undefined, refusal: undefined });
      this.#lead(name);
    }
  }

  #releaseListener(name: string): void {
    const listener = this.#listeners.get(name);
    if (!listener || --listener.count > 0) return;
    this.#listeners.delete(name);
    this.#noted(`gRPC listener ${name}`, []);
    this.#table.put('listener', name, undefined);
    if (listener.id !== undefined) this.#services.release(listener.id, 'listener', name);
    if (this.#listeners.size === 0) this.#names.forget();
  }

  /** Has the listener of a name, if anybody asks for it, lead to what there is under the name now. */
  #lead(name: string): void {
    const listener = this.#listeners.get(name);
    if (!listener) return;
    const before = listener.id;
    const id = this.#names.idOf(name);
    listener.id = id;
    if (id !== before && id !== undefined) this.#services.retain(id, 'listener', name);
    if (id !== before && before !== undefined) this.#services.release(before, 'listener', name);
    const why = id === undefined ? `the proxy ${this.#proxy} has no such service` : this.#services.refusalOf(id);
    listener.refusal =
      why === undefined
        ? undefined
        : { object: { kind: 'service', name }, message: `refused to gRPC clients: ${why}`, isServed: true };
    this.#noted(`gRPC listener ${name}`, listener.refusal ? [listener.refusal] : []);
    const resource =
      id !== undefined && why === undefined
        ? apiListener(name, grpcRoutesName(id))
        : refusalListener(name, `service ${name}: ${why}`);
    this.#table.put('listener', name, { resource });
  }
}
