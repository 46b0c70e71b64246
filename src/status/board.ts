import type { ObjectRef } from '../gateway';
import { fullName, wordsOf } from '../gateway';
import type { Logger } from '../log';
import { Mirror } from './mirror';
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

/** An object that somebody does not take, and why. */
export interface Rejection {
  readonly object: ObjectRef;
  readonly reason: string;
  /** The name of the Envoy resource, when there is one. */
  readonly resource?: string;
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
   * All that somebody rejects of a proxy from now on, in the place of what it rejected before.
   * @param by `gateway`, or the node of an Envoy
   */
  objectsRejected(by: string, proxy: string, list: readonly Rejection[]): void;
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
  const writer = new StatusWriter(instance, pool, [envoys, objects, health], log);
  const connected = new Map<string, EnvoyRow>();
  const lists = new Map<string, { readonly list: readonly Rejection[]; readonly ids: ReadonlySet<string> }>();
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

  function objectsRejected(rejecter: string, proxyName: string, list: readonly Rejection[]): void {
    const [by, proxy] = [storable(rejecter), storable(proxyName)];
    const key = keyOf(by, proxy);
    const before = lists.get(key);
    if (isSame(before?.list ?? [], list)) return;
    const rows = new Map<string, ObjectStatusRow>();
    const since = time();
    for (const rejection of list) {
      const { id, ...row } = preparedRow(rejection, by, proxy, key);
      const earlier = rows.get(id);
      const reason = earlier ? storable(`${earlier.reason}; ${rejection.reason}`) : row.reason;
      rows.set(id, { ...row, reason, since });
    }
    const ids = replace(objects, before?.ids ?? [], rows);
    if (ids.size > 0) lists.set(key, { list: [...list], ids });
    else lists.delete(key);
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

type PreparedRow = Omit<ObjectStatusRow, 'since'> & { readonly id: string };

/** Of each rejection by who rejects it: most of a long list stays as it is, and is said again at every change. */
const prepared = new WeakMap<Rejection, Map<string, PreparedRow>>();

function preparedRow(rejection: Rejection, by: string, proxy: string, key: string): PreparedRow {
  const rows = prepared.get(rejection) ?? new Map<string, PreparedRow>();
  prepared.set(rejection, rows);
  const known = rows.get(key);
  if (known) return known;
  const { object, reason, resource } = rejection;
  const words = wordsOf(object);
  const row = {
    id: rowId(by, proxy, words, resource),
    kind: object.kind,
    name: fullName(object),
    object: words,
    proxy,
    rejected_by: by,
    resource: resource === undefined ? null : storable(resource),
    reason: storable(reason),
  };
  rows.set(key, row);
  return row;
}

function isSame(one: readonly Rejection[], other: readonly Rejection[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ object, reason, resource }, index) => {
      const same = other[index]!;
      return object === same.object && reason === same.reason && resource === same.resource;
    })
  );
}
