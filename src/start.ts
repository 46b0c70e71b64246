import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { startAdmin } from './admin';
import { openServerTls } from './certificates';
import { answers, ChangeBroadcast, createPool, dropSilentConnections, loggedTables } from './database';
import { lostAtStart, migrate, openDatabase, startChangeFeed } from './database';
import { bootstrapElsewhere, findEnvoy, managedNodeId, startEnvoy } from './envoy';
import { DatabaseAwayError } from './errors';
import { Explainer } from './explain';
import type { HealthOf } from './explain';
import { createGateway, createModelKeeper, createPairStore, loadModels } from './gateway';
import type { ProxyChange, ProxyModel } from './gateway';
import { createGraphQL, deferGraphQL } from './graphql';
import type { ReceiptRow } from './graphql';
import type { Logger } from './log';
import { rateLimitDomains } from './ratelimit';
import { createRest } from './rest';
import { ChangeRecords, createRollout, Fleet, OtherFleets } from './rollout';
import { READERS } from './readers';
import type { Settings } from './settings';
import { persistConnecting } from './persist-connecting';
import type { Stoppable } from './persist-connecting';
import { ProblemReports } from './problem-reports';
import { createRejectionStore, createStatusBoard, startUpstreamHealth, XdsStatus } from './status';
import type { RejectionStore, StatusPool } from './status';
import { ReadinessState } from './readiness';
import { StopStack } from './stop-stack';
import { summary } from './summary';
import { startRateLimits } from './start-rate-limits';
import { createMetrics, Pushes, startTracing } from './telemetry';
import { ConfigStore, RateLimitConfigs, Rejections, startXdsServer } from './xds';
import type { XdsObserver } from './xds';

export interface RunningGateway {
  /** What listens where, for the terminal. */
  readonly summary: string;
  /** Stops everything in the reverse of the order in which it was started. */
  stop(): Promise<void>;
}

/** The Postgres schemas that the gateway itself reads and writes, under names by rule; `gateway_private` is never served. */
const SCHEMAS = ['saaras_db', 'gateway'];
const ENVOY_READY_WITHIN_MS = 15_000;

/**
 * Starts the rooms in order: what Envoy talks to, the database and what reads it, Envoy, and last what takes writes.
 * When the database cannot be reached, but the models that were served last are on disk, those are served and the
 * database is waited for.
 * @returns undefined when it was aborted; everything is stopped then
 * @throws StartError, after everything was stopped
 */
export async function startGateway(settings: Settings, log: Logger, aborted: AbortSignal): Promise<RunningGateway | undefined> {
  const parts = new StopStack(log);
  let running: RunningGateway | undefined;
  try {
    running = await startParts(settings, log, aborted, parts);
  } catch (error) {
    await parts.stop();
    if (!aborted.aborted) throw error;
  }
  if (!aborted.aborted) return running;
  await parts.stop();
  return undefined;
}

async function startParts(settings: Settings, log: Logger, aborted: AbortSignal, parts: StopStack): Promise<RunningGateway> {
  const registry = new Registry();
  const metrics = createMetrics(registry);
  const readiness = new ReadinessState();
  const { onFailure: rateLimitOnFailure } = settings.rateLimit;
  const translation = {
    ...settings.listen,
    listenHost: settings.listen.host,
    proxyName: settings.proxyName,
    rateLimitOnFailure,
  };
  let healthOf: HealthOf = () => undefined;
  const explainer = new Explainer(translation, (...endpoint) => healthOf(...endpoint));
  const modelFolder = path.join(settings.dataDir, 'models');
  let openStatus: (pool: StatusPool) => void = () => undefined;
  const instance = `${os.hostname()}:${settings.admin.port}/${randomBytes(4).toString('hex')}`;
  const status = createStatusBoard({
    pool: new Promise<StatusPool>((resolve) => (openStatus = resolve)),
    instance,
    log,
  });
  const reports = new ProblemReports(log, status);
  const configs = new ConfigStore(translation, (...noted) => reports.note(...noted));
  const keeper = createModelKeeper(modelFolder, log);
  parts.push('last models', () => keeper.flush());

  const tls = settings.tls && (await openServerTls(settings.tls.server, log));
  parts.push('certificates', () => Promise.resolve(tls?.close()));
  const rateLimits = new RateLimitConfigs();
  const limiter = await startRateLimits(settings.rateLimit, { parts, tls, decided: metrics.decided, log });
  const fleet = new Fleet();
  const records = new ChangeRecords();
  const others = new OtherFleets(instance);
  const rollout = createRollout(records, fleet, others);
  const receipt = {
    opening: rollout.opening,
    sql: rollout.sql,
    report: async (row: ReceiptRow, { prefer }: IncomingHttpHeaders) => {
      const { headers, outcome } = await rollout.report(row, prefer);
      return { headers, ...(outcome && { extensions: { rollout: outcome } }) };
    },
  };
  const tracing = settings.sendsTraces ? await startTracing(log) : undefined;
  if (tracing) parts.push('traces', () => tracing.stop());
  const pushes = new Pushes({ metrics: metrics.changes, traced: tracing?.pushed, log });
  let rejectionStore: RejectionStore | undefined;
  const rejections = new Rejections((rejection) => {
    rejectionStore?.save(rejection).catch((error: unknown) => {
      log.warn({ err: error }, 'what an Envoy rejected could not be remembered: after a restart one has to reject it again');
    });
  });
  const xds = await startXdsServer({
    ...settings.xds,
    tls,
    configs,
    rejections,
    rateLimits,
    observer: observers(metrics.clients, pushes, fleet, new XdsStatus(status)),
    defaultProxy: settings.proxyName,
    log,
  });
  parts.push('xDS', () => xds.stop());

  let managedModel: ProxyModel | undefined;

  function publish(proxies: Iterable<ProxyModel>, changed: readonly ProxyChange[], removed: readonly string[]): void {
    const { domains, problems } = rateLimitDomains(proxies, settings.proxyName);
    limiter?.configure(domains);
    rateLimits.update(domains);
    configs.update(changed, removed);
    explainer.update(changed, removed);
    reports.rateLimits(problems);
    reports.models(changed, removed);
    if (removed.includes(settings.proxyName)) managedModel = undefined;
    managedModel = changed.find(({ model }) => model.name === settings.proxyName)?.model ?? managedModel;
  }

  const graphql = deferGraphQL();
  const publicGraphQL = deferGraphQL({ ...settings.graphql, adminSecret: settings.admin.secret });
  let databaseLocation: string | undefined;

  async function connect(): Promise<StopStack> {
    const opened = new StopStack(log);
    try {
      const database = await openDatabase(settings, log);
      opened.push('database', () => database.stop());
      databaseLocation = database.location;
      const pool = createPool(database.url, log);
      opened.push('connections', () => pool.end());
      await migrate(pool, log);
      readiness.database = () => answers(pool);
      metrics.watchPool(pool);
      others.open(pool);
      rejectionStore = createRejectionStore(pool);
      rejections.load(await rejectionStore.load());
      const { secret: adminSecret, maxBodyBytes } = settings.admin;
      const { operations: observer } = metrics;
      // What clients are served may be named and chosen otherwise; the gateway's own documents must go on working.
      const own = await createGraphQL({ pool, schemas: SCHEMAS, maxBodyBytes, receipt, observer, log });
      const changes = new ChangeBroadcast(await loggedTables(pool));
      const served = await createGraphQL({
        pool,
        ...settings.graphql,
        readers: READERS,
        changes,
        adminSecret,
        maxBodyBytes,
        receipt,
        observer,
        log,
      });
      opened.push('GraphQL', async () => {
        await served.stop();
        await own.stop();
      });
      graphql.settle(own);
      publicGraphQL.settle(served);
      const gateway = createGateway({ graphql, pairs: createPairStore(pool), log });
      metrics.clients.proxiesFrom((name) => gateway.proxies.has(name));
      const feed = startChangeFeed({
        url: database.url,
        log,
        onState: (isFollowing) => {
          changes.follow(isFollowing);
          metrics.changes.follow(isFollowing);
          readiness.isFollowing = isFollowing;
        },
        onSilence: (milliseconds) => dropSilentConnections(pool, milliseconds),
        onEvent: async (event) => {
          const started = performance.now();
          changes.tell(event);
          const applied = await gateway.apply(event);
          const { changed, removed } = applied;
          pushes.applied(event, applied);
          publish(gateway.proxies.values(), changed, removed);
          configs.advance(Number(applied.counter));
          records.applied(event, applied);
          keeper.keep(changed, removed);
          readiness.snapshot = 'database';
          metrics.changes.applied(event.kind, Number(applied.counter), (performance.now() - started) / 1000);
        },
      });
      opened.push('change feed', () => feed.stop());
      opened.push('status', () => status.stop());
      openStatus(pool);
      return opened;
    } catch (error) {
      await opened.stop();
      throw lostAtStart(error);
    }
  }

  async function connectOrServeLast(): Promise<Stoppable> {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof DatabaseAwayError) || settings.databaseUrl === undefined || !(await serveLast())) throw error;
      log.error(
        { reason: error.message },
        'the database is not reached: what was served last is served, and writes are refused until it is',
      );
      return persistConnecting(connect, log);
    }
  }

  /** @returns whether there was anything to serve */
  async function serveLast(): Promise<boolean> {
    const { models, skipped } = await loadModels(modelFolder);
    for (const file of skipped) log.warn(file, 'a saved model was left out');
    const all = models.map((model) => ({ model, services: 'all' as const }));
    if (models.length > 0) publish(models, all, []);
    if (models.length > 0) readiness.snapshot = 'disk';
    return models.length > 0;
  }

  // Envoy may have to be downloaded, so the database is started meanwhile.
  const [binary, database] = await Promise.allSettled([
    settings.envoy.mode === 'managed' ? findEnvoy(settings, log) : undefined,
    connectOrServeLast(),
  ]);
  if (database.status === 'rejected') throw database.reason;
  parts.push('database', () => database.value.stop());
  if (binary.status === 'rejected') throw binary.reason;
  const envoy = binary.value === undefined ? undefined : await startEnvoy({ settings, binary: binary.value, log });
  if (envoy) {
    parts.push('Envoy', () => envoy.stop());
    const { adminPort } = settings.envoy;
    const { proxyName } = settings;
    const health = startUpstreamHealth({
      adminPort,
      node: managedNodeId(adminPort),
      proxy: proxyName,
      model: () => managedModel,
      board: status,
    });
    healthOf = (...endpoint) => health.healthOf(...endpoint);
    parts.push('upstream health', () => health.stop());
  }

  const restOptions = {
    graphql,
    maxBodyBytes: settings.admin.maxBodyBytes,
    rollout,
    explain: (values: Parameters<Explainer['explain']>[0]) => explainer.explain(values),
    log,
  };
  const rest = { admin: createRest(restOptions), viewer: createRest({ ...restOptions, readOnly: true }) };
  const admin = await startAdmin({
    settings,
    graphql: publicGraphQL,
    rest: (request, response, caller) => rest[caller](request, response),
    health: async () => ({ database: await readiness.database() }),
    readiness: () => readiness.report(),
    registry,
    ...(tracing && { traced: tracing.request }),
    patience: { connections: settings.admin.maxConnections },
    bootstrap: (...about) => bootstrapElsewhere(settings, ...about),
    log,
  });
  parts.push('REST and GraphQL', () => admin.stop());

  if (envoy) await Promise.race([envoy.ready(), sleep(ENVOY_READY_WITHIN_MS, undefined, { signal: aborted, ref: false })]);
  return { summary: summary(settings, envoy, databaseLocation), stop: () => parts.stop() };
}

/** Tells each of them. */
function observers(...all: readonly XdsObserver[]): XdsObserver {
  return {
    connected: (client) => all.forEach((each) => each.connected(client)),
    moved: (client) => all.forEach((each) => each.moved(client)),
    gone: (client) => all.forEach((each) => each.gone(client)),
    sent: (...told) => all.forEach((each) => each.sent?.(...told)),
    answered: (...told) => all.forEach((each) => each.answered?.(...told)),
  };
}
