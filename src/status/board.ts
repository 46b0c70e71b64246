import type { Logger } from '../log';
import { Mirror } from './mirror';
import type { Rejection } from './rejected-objects';
import { RejectedObjects } from './rejected-objects';
import type { EnvoyRow, ObjectStatusRow, UpstreamHealthRow } from './rows';
import { rowId, storable } from './rows';
import type { StatusPool } from './writer';
import { StatusWriter } from './writer';

export type { StatusPool } from './writer';

export interface StatusBoardOptions {
  /** A promise when the database is still to be opened; until then everything is kept. */
  readonly pool: StatusPool | Promise<StatusPool>;
  /** Names this process among those on one database. Never used again: rows of an earlier process are not its own. */
  readonly instance: string;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface ConnectedEnvoy {
  /** node.id. */
  readonly node: string;
  /** node.cluster, or the default proxy. */
  readonly proxy: string;
  /** Its address. */
  readonly peer: string;
  /** Kind and version of the client. */
  readonly userAgent: string;
  readonly connectedSince: Date;
}

export interface EndpointHealth {
  readonly cluster: string;
  /** An IP address. */
  readonly address: string;
  readonly port: number;
  /** What Envoy says, in the words of gateway.upstream_health. `healthy` ones may be left out: they are not written. */
  readonly health: string;
  /** The upstreams that this endpoint is; none when it is not known. */
  readonly upstreamIds: readonly number[];
}

/**
 * Shows in the database what the streams of Envoys say. All but `stop` only take note: they are cheap, never fail and wait for
 * nothing. What is written is what there is then; see StatusWriter for when.
 */
export interface StatusBoard {
  /** @param id of the stream, chosen by the caller */
  envoyConnected(id: string, envoy: ConnectedEnvoy): void;
  /** The client has accepted everything up to that change. Like the next two, ignored for an unknown id. */
  envoyAcknowledged(id: string, change: number): void;
  envoyRejected(id: string, error: { readonly resource: string; readonly reason: string }): void;
  /** When no other stream of that node and proxy is left, what the node rejected goes as well. */
  envoyGone(id: string): void;
  /**
   * All that somebody rejects of a part of a proxy from now on, in the place of what it rejected of that part before.
   * @param by `gateway`, or the node of an Envoy
   * @param part any name; left out where there is but one
   */
  objectsRejected(by: string, proxy: string, list: readonly Rejection[], part?: string): void;
  /** All endpoints that an Envoy does not find healthy; undefined when it cannot be asked. */
  upstreamHealth(node: string, proxy: string, list: readonly EndpointHealth[] | undefined): void;
  /** Resolves when the rows of this instance are gone, or the database cannot be reached. */
  stop(): Promise<void>;
}

/** A board that writes to the tables of db/0003_status.sql. */
export function createStatusBoard({ pool, instance, log, now = Date.now }: StatusBoardOptions): StatusBoard {
  const envoys = new Mirror<EnvoyRow>();
  const objects = new Mirror<ObjectStatusRow>();
  const health = new Mirror<UpstreamHealthRow>();
  const rejected = new RejectedObjects(objects);
  const writer = new StatusWriter(instance, pool, [envoys, objects, health], log);
  const connected = new Map<string, EnvoyRow>();
  const reported = new Map<string, ReadonlySet<string>>();
  const keyOf = (node: string, proxy: string) => JSON.stringify([node, proxy]);
  const time = () => new Date(now()).toISOString();

  function putEnvoy(id: string, row: EnvoyRow): void {
    connected.set(id, row);
    envoys.set(id, row);
    if (envoys.isDirty) writer.wake();
  }

  /** Replaces rows by others, ids by ids; a row that stays keeps its `since`. */
  function replace<Row extends { readonly since: string }>(
    mirror: Mirror<Row>,
    before: Iterable<string>,
    rows: ReadonlyMap<string, Row>,
  ): ReadonlySet<string> {
    for (const id of before) if (!rows.has(id)) mirror.delete(id);
    for (const [id, row] of rows) mirror.set(id, { ...row, since: mirror.get(id)?.since ?? row.since });
    if (mirror.isDirty) writer.wake();
    return new Set(rows.keys());
  }

  function objectsRejected(rejecter: string, proxyName: string, list: readonly Rejection[], part = ''): void {
    rejected.replace(storable(rejecter), storable(proxyName), part, list, time());
    if (objects.isDirty) writer.wake();
  }

  function setReporting(node: string, proxy: string, isReporting: boolean): void {
    for (const [id, row] of connected) {
      if (row.node !== node || row.proxy !== proxy || row.reports_health === isReporting) continue;
      putEnvoy(id, { ...row, reports_health: isReporting });
    }
  }

  return {
    envoyConnected(id, { peer, userAgent, connectedSince, ...named }) {
      const [node, proxy] = [storable(named.node), storable(named.proxy)];
      putEnvoy(id, {
        node,
        proxy,
        peer: storable(peer),
        user_agent: storable(userAgent),
        acknowledged_change: null,
        connected_since: connectedSince.toISOString(),
        last_error: null,
        last_error_at: null,
        reports_health: reported.has(keyOf(node, proxy)),
      });
    },
    envoyAcknowledged(id, change) {
      const row = connected.get(id);
      if (row && row.acknowledged_change !== change) putEnvoy(id, { ...row, acknowledged_change: change });
    },
    envoyRejected(id, { resource, reason }) {
      const row = connected.get(id);
      if (row) putEnvoy(id, { ...row, last_error: storable(`${resource}: ${reason}`), last_error_at: time() });
    },
    envoyGone(id) {
      const row = connected.get(id);
      connected.delete(id);
      envoys.delete(id);
      if (envoys.isDirty) writer.wake();
      if (!row) return;
      const isLast = ![...connected.values()].some(({ node, proxy }) => node === row.node && proxy === row.proxy);
      if (isLast) objectsRejected(row.node, row.proxy, []);
    },
    objectsRejected,
    upstreamHealth(nodeId, proxyName, list) {
      const [node, proxy] = [storable(nodeId), storable(proxyName)];
      const key = keyOf(node, proxy);
      const rows = new Map<string, UpstreamHealthRow>();
      for (const { cluster, address, port, health: state, upstreamIds } of list ?? []) {
        if (state === 'healthy') continue;
        for (const upstream_id of upstreamIds.length > 0 ? upstreamIds : [null]) {
          const id = rowId(node, proxy, cluster, address, port, upstream_id);
          rows.set(id, { node, proxy, cluster, address, port, upstream_id, health: state, since: time() });
        }
      }
      const ids = replace(health, reported.get(key) ?? [], rows);
      if (reported.has(key) !== (list !== undefined)) setReporting(node, proxy, list !== undefined);
      if (list) reported.set(key, ids);
      else reported.delete(key);
    },
    stop: () => writer.stop(),
  };
}
