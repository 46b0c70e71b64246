import net from 'node:net';
import { once } from 'node:events';
import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import type { HttpServer } from '../support/http-echo';
import { startHttpServer } from '../support/http-echo';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';
import { Product } from '../support/product';

/** A way to the database that can be cut. */
class Wire {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  port = 0;

  constructor(readonly target: URL) {
    this.#server = net.createServer((socket) => {
      const onward = net.connect(Number(target.port), target.hostname);
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on('close', () => this.#sockets.delete(end));
        end.on('error', () => end.destroy());
      }
      socket.pipe(onward).pipe(socket);
    });
  }

  async open(): Promise<string> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as net.AddressInfo).port;
    const url = new URL(this.target);
    url.port = String(this.port);
    url.hostname = '127.0.0.1';
    return url.href;
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

describe('gateways that share a database', () => {
  let database: TestDatabase;
  let wire: Wire;
  let one: Product;
  let other: Product;
  let server: HttpServer;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: false });
    wire = new Wire(new URL(database.url));
    const url = await wire.open();
    server = await startHttpServer({ name: 'server' });
    [one, other] = await Promise.all([Product.start({ DATABASE_URL: url }), Product.start({ DATABASE_URL: url, ENVOY: 'off' })]);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([one.dispose(), other.dispose(), server.stop()]);
    await wire.cut();
    await database.drop();
  });

  const status = async (host: string) => (await ask({ port: one.ports.http, headers: { host } })).status;

  it('serve at once what was written to another', async () => {
    for (const [path, form] of [
      ['/service', 'service_name=demo&fqdn=demo.test'],
      ['/service/demo/route', 'route_name=all&route_prefix=/'],
      ['/upstream', `upstream_name=up&upstream_ip=127.0.0.1&upstream_port=${server.port}&upstream_hc_path=/`],
      ['/service/demo/route/all/upstream/up', ''],
      ['/proxy/gw/service/demo', ''],
    ] as const) {
      expect((await other.call('POST', path, form)).status).toBe(201);
    }
    await eventually(async () => expect(await status('demo.test')).toBe(200));
  });

  it('make a writer wait for the Envoys of all of them', async () => {
    await eventually(async () => expect((await other.call('GET', '/status')).body).toContain('"gw"'));
    for (const fqdn of ['moved.test', 'demo.test']) {
      const headers = { prefer: 'wait=20', 'content-type': 'application/x-www-form-urlencoded' };
      const { status: code, body } = await other.call('PATCH', '/service/demo', `fqdn=${fqdn}`, headers);
      expect([code, JSON.parse(body)]).toMatchObject([
        201,
        { extensions: { rollout: { state: 'live', envoys: 1, acknowledged: 1 } } },
      ]);
      expect(await status(fqdn)).toBe(200);
    }
  });

  it('serve at once what was written by SQL', async () => {
    await database.pool.query(`UPDATE saaras_db.service SET fqdn = 'sql.test' WHERE service_name = 'demo'`);
    await eventually(async () => expect(await status('sql.test')).toBe(200));
  });

  it('go on serving while the database is away, refuse writes with 503, and catch up when it is back', async () => {
    await wire.cut();
    expect(await status('sql.test')).toBe(200);
    const refused = await one.call('POST', '/service', 'service_name=late&fqdn=late.test');
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    expect(() => JSON.parse(refused.body) as unknown).not.toThrow();
    await database.pool.query(`UPDATE saaras_db.service SET fqdn = 'away.test' WHERE service_name = 'demo'`);
    await wire.open();
    await eventually(async () => expect(await status('away.test')).toBe(200));
  }, 120_000);

  it('serve what they served last when the database cannot be reached at a start, and go on from there', async () => {
    await eventually(async () => expect(await status('away.test')).toBe(200));
    await one.stop();
    await wire.cut();
    await one.start();
    await eventually(async () => expect(await status('away.test')).toBe(200));
    expect((await one.call('GET', '/service')).status).toBe(503);
    expect((await one.call('POST', '/v1/graphql', '{"query":"{ saaras_db_service { service_id } }"}')).body).toContain(
      'connection error',
    );
    await database.pool.query(`UPDATE saaras_db.service SET fqdn = 'back.test' WHERE service_name = 'demo'`);
    await wire.open();
    await eventually(async () => expect(await status('back.test')).toBe(200), 30_000);
    expect((await one.call('GET', '/service')).status).toBe(200);
  }, 120_000);
});
