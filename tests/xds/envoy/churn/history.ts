import type { ProxyModel, Service } from '../../../../src/gateway';

/** What a request got: the name of the server that answered 200, or what went wrong instead. */
export type Outcome = { readonly server: string } | { readonly failure: string };

export interface Verdict {
  readonly isBad: boolean;
  /** Milliseconds for which the configuration that the answer fits had been replaced when the request was sent. */
  readonly stale: number;
  /** What the last configurations would have answered, newest first, for the report. */
  readonly expected: readonly string[];
}

/** An answer of a configuration that was replaced longer ago than this, in milliseconds, is a bad one. */
const LONGEST_STALE = 5_000;

/** All configurations that were written, and what each of them may answer. Times are of `performance.now()`. */
export class History {
  readonly #versions: { readonly at: number; readonly model: ProxyModel; readonly edit: string }[] = [];

  /** @param silentPorts where upstreams accept connections and never answer @param names of the servers, by port */
  constructor(
    readonly silentPorts: ReadonlySet<number>,
    readonly names: ReadonlyMap<number, string>,
  ) {}

  write(model: ProxyModel, edit: string): void {
    this.#versions.push({ at: performance.now(), model, edit });
  }

  get current(): ProxyModel {
    return this.#versions.at(-1)!.model;
  }

  /** The servers that may answer; undefined when the configuration has no route there, or none that can answer. */
  serversOf(model: ProxyModel, host: string, path: string): ReadonlySet<string> | undefined {
    return this.#serversOf(serviceOf(model, host), path);
  }

  #serversOf(one: Service | undefined, path: string): ReadonlySet<string> | undefined {
    const { routes = [] } = one ?? {};
    const route = routes
      .filter(({ match }) => path.startsWith(match.path.value))
      .sort((one, other) => other.match.path.value.length - one.match.path.value.length)[0];
    if (!route) return undefined;
    const weighted = route.upstreams.filter(({ weight }) => weight > 0);
    const answering = (weighted.length > 0 ? weighted : route.upstreams).filter(({ port }) => !this.silentPorts.has(port));
    return answering.length > 0 ? new Set(answering.map(({ port }) => this.names.get(port) ?? `port ${port}`)) : undefined;
  }

  /** @param since when the host was first served as it is: before that nothing is expected of it */
  judge(host: string, path: string, outcome: Outcome, sent: number, answered: number, since: number): Verdict {
    let supersededAt = Infinity;
    for (let index = this.#versions.length - 1; index >= 0; index -= 1) {
      const { at, model } = this.#versions[index]!;
      if (at <= answered) {
        const there = serviceOf(model, host);
        const servers = this.#serversOf(there, path);
        const isNobodyHealthy = 'failure' in outcome && outcome.failure.startsWith('503 no healthy upstream');
        const isExcused = servers === undefined && (supersededAt > sent || (isNobodyHealthy && serviceOf(model, host)));
        const fits = 'server' in outcome ? servers?.has(outcome.server) : isExcused;
        const stale = Math.max(0, sent - supersededAt);
        if (fits && stale <= LONGEST_STALE) return { isBad: false, stale, expected: [] };
      }
      supersededAt = at;
      if (at < Math.min(since, sent - 2 * LONGEST_STALE)) break;
    }
    if ('server' in outcome && this.#wasThere(host, path, outcome.server, sent, answered))
      return { isBad: false, stale: 0, expected: [] };
    return { isBad: true, stale: 0, expected: this.#lately(host, path, sent, answered) };
  }

  /**
   * Whether a service that had the host lately leads to the server, whatever host it has now: until its successor's clusters
   * are ready a host keeps the routes to it, and what changes of its upstreams is seen there too.
   */
  #wasThere(host: string, path: string, server: string, sent: number, answered: number): boolean {
    const lately = this.#versions.filter(
      ({ at }, index) => at <= answered && (this.#versions[index + 1]?.at ?? Infinity) > sent - LONGEST_STALE,
    );
    const ids = new Set(lately.flatMap(({ model }) => serviceOf(model, host)?.id ?? []));
    return lately.some(({ model }) => [...ids].some((id) => this.#serversOf(model.services.get(id), path)?.has(server)));
  }

  #lately(host: string, path: string, sent: number, answered: number): string[] {
    const versions = this.#versions.filter(({ at }) => at > sent - 8_000 && at <= answered + 200);
    return versions.reverse().flatMap(({ at, model, edit }, index) => {
      const servers = [...(this.serversOf(model, host, path) ?? ['nothing'])].join(' or ');
      const concerns = index === 0 || edit.includes(host) || edit.startsWith('*');
      return concerns ? [`${servers} since ${(at - sent).toFixed(0)} ms (${edit})`] : [];
    });
  }
}

function serviceOf({ services }: ProxyModel, host: string): Service | undefined {
  const all = [...services.values()];
  const suffixes = [...host].flatMap((letter, index) => (letter === '.' ? [`*${host.slice(index)}`] : []));
  for (const candidate of [host, ...suffixes, '*']) {
    const found = all.find((each) => each.host === candidate);
    if (found) return found;
  }
  return undefined;
}
