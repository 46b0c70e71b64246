import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostileGrpc } from '../hostile/grpc';
import type { HostileRequest } from '../hostile/requests';
import { graphqlRequest, rawBytes, restRequest, uploadRequest } from '../hostile/requests';
import { receive } from '../world/delta-client';
import { send } from '../world/http';
import { residentOf, usedBy } from '../world/memory';
import { Random } from '../world/random';
import { Traffic } from '../world/traffic';
import type { World } from '../world/world';
import type { CaseOptions, Row } from './case';
import { inSeconds, row } from './case';

const PARALLEL = 32;
const HANG_MS = 5_000;
/** After so much of the run the programs are warm. */
const WARM_PART = 0.2;
const MEMORY_FACTOR = 1.5;
const SETTLE_MS = 5_000;
/** Everything that hostile requests have no business with. */
const PROTECTED = `
  SELECT md5(coalesce(string_agg(line, ',' ORDER BY line), '')) AS digest FROM (
    SELECT p::text FROM saaras_db.proxy AS p WHERE proxy_name = 'gw'
    UNION ALL SELECT s::text FROM saaras_db.service AS s WHERE service_name ~ '^(k\\d+|served)$'
    UNION ALL SELECT r::text FROM saaras_db.route AS r JOIN saaras_db.service USING (service_id) WHERE service_name ~ '^(k\\d+|served)$'
    UNION ALL SELECT f::text FROM saaras_db.filter AS f WHERE filter_name ~ '^k\\d+$'
    UNION ALL SELECT u::text FROM saaras_db.upstream AS u WHERE upstream_name = 'up'
    UNION ALL SELECT l::text FROM saaras_db.proxy_service AS l JOIN saaras_db.proxy USING (proxy_id) WHERE proxy_name = 'gw'
  ) AS lines (line)`;
const OWN_SERVICES = `(SELECT service_id FROM saaras_db.service WHERE service_name ~ '^(k\\d+|served)$')`;
const OWN_ROUTES = `(SELECT route_id FROM saaras_db.route WHERE service_id IN ${OWN_SERVICES})`;
/** Deletes the rest: what hostile requests stored because it was well-formed. */
const DELETE_STORED = `
  DELETE FROM saaras_db.proxy_globalconfig;
  DELETE FROM saaras_db.proxy_service WHERE service_id NOT IN ${OWN_SERVICES};
  DELETE FROM saaras_db.proxy_service WHERE proxy_id NOT IN (SELECT proxy_id FROM saaras_db.proxy WHERE proxy_name = 'gw');
  DELETE FROM saaras_db.service_filter;
  DELETE FROM saaras_db.service_secret;
  DELETE FROM saaras_db.route_filter WHERE route_id NOT IN ${OWN_ROUTES};
  DELETE FROM saaras_db.route_upstream WHERE route_id NOT IN ${OWN_ROUTES};
  DELETE FROM saaras_db.route WHERE service_id NOT IN ${OWN_SERVICES};
  DELETE FROM saaras_db.artifact;
  DELETE FROM saaras_db.secret;
  DELETE FROM saaras_db.globalconfig;
  DELETE FROM saaras_db.filter WHERE filter_id NOT IN (SELECT filter_id FROM saaras_db.route_filter);
  DELETE FROM saaras_db.upstream WHERE upstream_id NOT IN (SELECT upstream_id FROM saaras_db.route_upstream);
  DELETE FROM saaras_db.service WHERE service_id NOT IN ${OWN_SERVICES};
  DELETE FROM saaras_db.proxy WHERE proxy_name <> 'gw'`;
const TRANSACTIONS = 'SELECT count(DISTINCT xid)::int AS n FROM gateway_private.change_log WHERE seq > $1';

/** Requests from a generator, none of them what it should be: nothing breaks, hangs, grows, or changes that was not asked for. */
export async function hostile(world: World, { seed, tell }: CaseOptions, count: number): Promise<Row> {
  const failures: string[] = [];
  const counts: Record<string, number> = {};
  const statuses = new Map<number, number>();
  let accepted = 0;
  let unclear = 0;
  let longest = 0;
  let warm = 0;
  const agent = new http.Agent({ keepAlive: true });
  const grpc = world.instances.map(({ ports }) => new HostileGrpc(ports));
  const digest = async () => (await world.postgres.query<{ digest: string }>(PROTECTED))[0]?.digest;
  const before = await digest();
  const pids = world.instances.map(({ pid }) => pid);
  const [last] = await world.postgres.query<{ seq: string }>(
    'SELECT coalesce(max(seq), 0)::text AS seq FROM gateway_private.change_log',
  );
  const traffic = new Traffic(world);
  traffic.start(20);

  async function http1(request: HostileRequest, port: number, index: number): Promise<void> {
    const outcome = await send({ ...request, port, agent, timeoutMs: HANG_MS, body: request.body ?? '' });
    longest = Math.max(longest, outcome.ms);
    const said = `request ${index}, ${request.method} ${request.path.slice(0, 100)}`;
    if (outcome.kind === 'failure') {
      unclear += 1;
      const isExplained = (request.body?.length ?? 0) > 1_000_000 || /^(ERR_|ECONNRESET|EPIPE|HPE_)/.test(outcome.reason);
      if (!isExplained) failures.push(`${said}: ${outcome.reason}`);
      return;
    }
    const { status, body } = outcome;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500 || body.includes('"internal error"')) failures.push(`${said}: ${status} ${body.slice(0, 200)}`);
    if (status < 300 && request.method !== 'GET' && !body.startsWith('{"errors"')) accepted += 1;
  }

  async function one(index: number): Promise<void> {
    const random = new Random(seed * 1_000_003 + index);
    const target = random.below(world.instances.length);
    const { admin, xds, rateLimit } = world.instances[target]!.ports;
    const dice = random.next();
    const kind =
      dice < 0.42
        ? 'REST'
        : dice < 0.55
          ? 'uploads'
          : dice < 0.82
            ? 'GraphQL'
            : dice < 0.86
              ? 'raw'
              : dice < 0.92
                ? 'xDS'
                : 'rate limits';
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind === 'REST') return http1(restRequest(random), admin, index);
    if (kind === 'uploads') return http1(uploadRequest(random), admin, index);
    if (kind === 'GraphQL') return http1(graphqlRequest(random), admin, index);
    if (kind === 'raw') return raw(rawBytes(random), random.of([admin, admin, xds, rateLimit]));
    const wrong = await (kind === 'xDS' ? grpc[target]!.stream(random) : grpc[target]!.shouldRateLimit(random));
    if (wrong) failures.push(`request ${index}, ${wrong}`);
  }

  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    while (next < count && failures.length < 100) {
      const index = next;
      next += 1;
      if (index === Math.floor(count * WARM_PART)) warm = await usedBy(world);
      if (index > 0 && index % Math.ceil(count / 10) === 0) await check(index);
      await one(index);
    }
  };
  /** Well-behaved clients are served as before. */
  const check = async (index: number): Promise<void> => {
    for (const [number, { ports, errors }] of world.instances.entries()) {
      try {
        const clusters = (await receive(ports.xds)).get('cluster');
        const health = await send({ port: ports.admin, path: '/service', timeoutMs: HANG_MS });
        longest = Math.max(longest, health.ms);
        if (!clusters?.size || health.kind !== 'answer' || health.status !== 200)
          throw new Error(JSON.stringify(health).slice(0, 200));
      } catch (error) {
        failures.push(
          `after ${index} requests instance ${number} does not serve: ${(error as Error).message}; ${errors.slice(-1_500)}`,
        );
      }
    }
    tell(`${index} of ${count} hostile requests, ${residentOf(world).toFixed(0)} MB`);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const took = performance.now() - started;
  await sleep(SETTLE_MS);
  for (const each of grpc) each.close();
  agent.destroy();
  await traffic.stop();
  if (world.instances.some(({ pid }, index) => pid !== pids[index])) failures.push('an instance ended');
  if ((await digest()) !== before) failures.push('something changed that no request named');
  const [transactions] = await world.postgres.query<{ n: number }>(TRANSACTIONS, [last?.seq]);
  if ((transactions?.n ?? 0) > accepted + unclear)
    failures.push(`${transactions?.n} changes, and ${accepted} requests were accepted, ${unclear} unclear`);
  if (longest > HANG_MS) failures.push(`the longest took ${inSeconds(longest)}`);
  failures.push(...traffic.wrong.slice(0, 3).map((text) => `a wrong answer: ${text}`));
  await world.settled(5_000).catch((error: Error) => failures.push(error.message));
  const full = await usedBy(world);
  await world.postgres.query(DELETE_STORED);
  await sleep(SETTLE_MS);
  await world.settled(5_000).catch((error: Error) => failures.push(error.message));
  const after = await usedBy(world);
  if (after > warm * MEMORY_FACTOR)
    failures.push(`memory went from ${warm.toFixed(0)} to ${after.toFixed(0)} MB, and nothing of it is stored any more`);
  const kinds = Object.entries(counts)
    .map(([kind, times]) => `${times} ${kind}`)
    .join(', ');
  const server = [...statuses].filter(([status]) => status >= 500).reduce((sum, [, times]) => sum + times, 0);
  return row(
    `${count} hostile requests (${kinds})`,
    `${Math.round(count / (took / 1000))}/s, ${server} answers of 500 and more, longest ${inSeconds(longest)}, ` +
      `${accepted} accepted, ${unclear} broken off, and ${transactions?.n} changes, ` +
      `memory in use ${warm.toFixed(0)} MB once warm, ${full.toFixed(0)} at the end, ${after.toFixed(0)} when what was stored is deleted`,
    failures,
  );
}

/** Bytes on a connection of their own, which is left alone for a moment and then broken off. */
function raw(bytes: Buffer, port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    setTimeout(() => socket.destroy(), 50);
  });
}
