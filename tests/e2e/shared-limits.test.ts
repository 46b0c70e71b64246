import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import type { HttpServer } from '../support/http-echo';
import { startHttpServer } from '../support/http-echo';
import { freePorts } from '../support/ports';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';
import { Product } from '../support/product';
import { BUILD_TIMEOUT, OfficialService } from '../support/ratelimit-service';
import { RedisServer } from '../support/redis';
import { selfSigned } from '../support/certificates';

/** Two control planes with an Envoy each, on one Postgres, and a service whose requests are limited. */
class Gateways {
  private constructor(
    readonly all: readonly [Product, Product],
    private readonly database: TestDatabase,
    private readonly server: HttpServer,
  ) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<Gateways> {
    const database = await createTestDatabase({ migrations: false });
    const server = await startHttpServer({ name: 'server' });
    const start = () => Product.start({ DATABASE_URL: database.url, ...environment });
    const gateways = new Gateways([await start(), await start()], database, server);
    try {
      await gateways.program();
    } catch (error) {
      await gateways.dispose();
      throw error;
    }
    return gateways;
  }

  async program(): Promise<void> {
    const filter = { descriptors: [{ request_headers: { header_name: 'x-user', descriptor_key: 'user' } }] };
    for (const [path, form] of [
      ['/service', 'service_name=demo&fqdn=demo.test'],
      ['/service/demo/route', 'route_name=all&route_prefix=/'],
      ['/upstream', `upstream_name=up&upstream_ip=127.0.0.1&upstream_port=${this.server.port}&upstream_hc_path=/`],
      ['/service/demo/route/all/upstream/up', ''],
      ['/filter', 'filter_name=limit&filter_type=route_filter_ratelimit'],
      ['/service/demo/route/all/filter/limit', ''],
      ['/proxy/gw/service/demo', ''],
      ['/globalconfig', 'globalconfig_name=gc&globalconfig_type=globalconfig_ratelimit'],
      ['/proxy/gw/globalconfig/gc', ''],
    ] as const) {
      expect([200, 201]).toContain((await this.all[0].call('POST', path, form)).status);
    }
    await this.upload('/filter/limit/config', filter);
    await this.limit(5);
    for (const { ports } of this.all) {
      await eventually(async () => expect((await ask({ port: ports.http, headers: { host: 'demo.test' } })).status).toBe(200));
    }
  }

  /** Until both Envoys have the filter and the service the limit. */
  async areLimiting(limit: number): Promise<void> {
    await awayFromTheMinute();
    await eventually(async () => expect(await this.passed(`probe ${Math.random()}`, 24)).toBe(limit), 40_000);
  }

  async limit(requestsPerUnit: number): Promise<void> {
    const rate_limit = { unit: 'minute', requests_per_unit: requestsPerUnit };
    await this.upload('/globalconfig/gc/config', { domain: 'enroute', descriptors: [{ key: 'user', rate_limit }] });
  }

  private async upload(path: string, document: unknown): Promise<void> {
    const boundary = 'boundary';
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="Config"; filename="c.json"\r\n\r\n${JSON.stringify(document)}\r\n--${boundary}--\r\n`;
    const { status } = await this.all[0].call('POST', path, body, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
    expect([200, 201]).toContain(status);
  }

  /** The statuses of requests of a user over both Envoys in turns, so many at once. */
  requests(user: string, count: number): Promise<number[]> {
    return Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const { ports } = this.all[index % 2 === 0 ? 0 : 1];
        return (await ask({ port: ports.http, headers: { host: 'demo.test', 'x-user': user } })).status;
      }),
    );
  }

  /** How many pass of so many, eight at once. */
  async passed(user: string, count: number): Promise<number> {
    const statuses: number[] = [];
    while (statuses.length < count) statuses.push(...(await this.requests(user, 8)));
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
    return statuses.filter((status) => status === 200).length;
  }

  async metric(name: string, labels = ''): Promise<number> {
    const texts = await Promise.all(this.all.map(async (product) => (await product.call('GET', '/metrics')).body));
    const values = texts.map(
      (text) =>
        text
          .split('\n')
          .find((line) => line.startsWith(`${name}${labels} `))
          ?.split(' ')[1],
    );
    return values.reduce((sum, value) => sum + Number(value ?? NaN), 0);
  }

  get lines(): string {
    return this.all.map(({ errors, output }) => errors + output).join('');
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.all.map((product) => product.dispose()), this.server.stop()]);
    await this.database.drop();
  }
}

/** Decisions that belong together need one minute. */
async function awayFromTheMinute(): Promise<void> {
  const rest = 60_000 - (Date.now() % 60_000);
  if (rest < 10_000) await sleep(rest);
}

describe.each(['allow', 'deny'] as const)('two gateways that count in one Redis, and %s when it is lost', (onFailure) => {
  let redis: RedisServer;
  let gateways: Gateways;

  beforeAll(async () => {
    const tls = onFailure === 'deny' ? selfSigned('127.0.0.1') : undefined;
    redis = await RedisServer.start({ password: 'sec ret', ...(tls && { tls }) });
    gateways = await Gateways.start({
      REDIS_URL: redis.url,
      RATE_LIMIT_ON_FAILURE: onFailure,
      ...(tls && { NODE_EXTRA_CA_CERTS: redis.certificateFile }),
    });
  }, 180_000);

  afterAll(async () => {
    await (gateways as Gateways | undefined)?.dispose();
    await redis.dispose();
  });

  it('let exactly as many through as the limit says', async () => {
    await gateways.areLimiting(5);
    await awayFromTheMinute();
    expect(await gateways.passed('ann', 40)).toBe(5);
    expect(await gateways.passed('ben', 40)).toBe(5);
    expect(await gateways.passed('ann', 16)).toBe(0);
    expect(await gateways.metric('enroute_ratelimit_redis_up')).toBe(2);
  });

  it('take a new limit at once', async () => {
    await gateways.limit(7);
    await gateways.areLimiting(7);
    await gateways.limit(5);
    await gateways.areLimiting(5);
  });

  it('go on without Redis as they are told, say so, and limit again when it is back', async () => {
    const errors = await gateways.metric('enroute_ratelimit_decisions_total', '{outcome="error"}');
    expect(errors).toBe(0);
    let isKilled = false;
    let isBack = false;
    const meanwhile: { status: number; at: 'before' | 'lost' | 'back' }[] = [];
    const traffic = (async () => {
      for (let user = 0; !isBack; user += 1) {
        const at = isKilled ? 'lost' : 'before';
        const statuses = await gateways.requests(`traffic ${user}`, 4);
        for (const status of statuses) meanwhile.push({ status, at });
        await sleep(10);
      }
    })();
    await sleep(300);
    await redis.kill();
    await sleep(500);
    isKilled = true;
    await sleep(1_000);
    expect(await gateways.metric('enroute_ratelimit_redis_up')).toBe(0);
    isBack = true;
    await traffic;
    const lost = meanwhile.filter(({ at }) => at === 'lost').map(({ status }) => status);
    expect(lost.length).toBeGreaterThan(20);
    expect(new Set(lost)).toEqual(new Set([onFailure === 'allow' ? 200 : 429]));
    expect(new Set(meanwhile.filter(({ at }) => at === 'before').map(({ status }) => status))).not.toContain(500);
    const counted = await gateways.metric('enroute_ratelimit_decisions_total', '{outcome="error"}');
    expect(counted).toBeGreaterThanOrEqual(lost.length);
    await redis.start();
    await eventually(async () => expect(await gateways.metric('enroute_ratelimit_redis_up')).toBe(2));
    await gateways.areLimiting(5);
    for (const { log } of gateways.all) {
      const said = log.map(({ msg }) => String(msg)).filter((msg) => msg.startsWith('Redis is '));
      expect(said).toEqual([
        'Redis is lost: rate limits are not counted until it is back',
        'Redis is back: rate limits are counted in it again',
      ]);
    }
    expect(gateways.lines).not.toMatch(/sec ret|sec%20ret|rediss?:\/\//);
  });
});

describe('two gateways with envoyproxy/ratelimit', () => {
  let redis: RedisServer;
  let gateways: Gateways;
  let service: OfficialService;

  beforeAll(async () => {
    redis = await RedisServer.start();
    const [port] = (await freePorts(1)) as [number];
    gateways = await Gateways.start({ RATE_LIMIT_SERVICE: `127.0.0.1:${port}`, RATE_LIMIT_ON_FAILURE: 'deny' });
    service = await OfficialService.start({ port, xdsPort: gateways.all[0].ports.xds, redisPort: redis.port });
  }, BUILD_TIMEOUT + 120_000);

  afterAll(async () => {
    await (service as OfficialService | undefined)?.stop();
    await (gateways as Gateways | undefined)?.dispose();
    await redis.dispose();
  });

  it('share the limits, and do not serve decisions themselves', async () => {
    await gateways.areLimiting(5);
    await awayFromTheMinute();
    expect(await gateways.passed('ann', 40)).toBe(5);
    expect(await gateways.passed('ben', 40)).toBe(5);
    for (const { ports, output } of gateways.all) {
      await expect(ask({ port: ports.rateLimit })).rejects.toThrow('ECONNREFUSED');
      expect(output).toContain('by the service on 127.0.0.1');
    }
  });

  it('send it a new limit at once, and do not take it for an Envoy', async () => {
    await gateways.limit(7);
    await gateways.areLimiting(7);
    await gateways.limit(5);
    await gateways.areLimiting(5);
    const status = JSON.parse((await gateways.all[0].call('GET', '/status')).body) as unknown;
    expect(JSON.stringify(status)).not.toContain('"ratelimit"');
    for (const fqdn of ['moved.test', 'demo.test']) {
      const headers = { prefer: 'wait=20', 'content-type': 'application/x-www-form-urlencoded' };
      const { body } = await gateways.all[0].call('PATCH', '/service/demo', `fqdn=${fqdn}`, headers);
      expect(JSON.parse(body)).toMatchObject({ extensions: { rollout: { state: 'live', envoys: 2, acknowledged: 2 } } });
    }
  });

  it('answer 503 while its Redis is lost, as they are told to deny, and limit again when it is back', async () => {
    await redis.kill();
    await eventually(async () => expect(new Set(await gateways.requests('dora', 4))).toEqual(new Set([503])));
    await redis.start();
    await gateways.areLimiting(5);
  });

  it('give it back its limits when a gateway was killed and started again', async () => {
    await gateways.all[0].kill();
    await gateways.areLimiting(5);
    await gateways.all[0].start();
    await gateways.limit(6);
    await gateways.areLimiting(6);
  });
});
