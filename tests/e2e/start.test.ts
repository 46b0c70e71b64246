import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { Product, commandLine } from '../support/product';
import { ask } from '../support/http-client';
import { eventually } from '../support/eventually';

/** What a start prints when it cannot go on, and its exit status. */
async function failedStart(product: Product): Promise<{ status: number | null; lines: string[] }> {
  const child = product.launch();
  await once(child, 'exit');
  return { status: child.exitCode, lines: product.errors.split('\n').filter((line) => line !== '' && !line.startsWith('{')) };
}

/** Envoy and Postgres of the product: the processes whose command line names its folder. */
function processesOf({ dataDir }: Product): number[] {
  return execFileSync('sh', ['-c', 'pgrep -f "$0" || true', dataDir])
    .toString()
    .trim()
    .split('\n')
    .map(Number)
    .filter((pid) => commandLine(pid).includes(dataDir));
}

describe('a start that cannot go on', () => {
  let product: Product | undefined;

  afterEach(async () => {
    await product?.dispose();
    product = undefined;
  });

  it.each([
    [{ HTTP_PORT: '70000' }, /HTTP_PORT .*1 to 65535.*70000/],
    [{ ENVOY: 'maybe' }, /ENVOY must be managed or off/],
    [{ DATABASE_URL: 'mysql://user:hunter2@x/y' }, /DATABASE_URL must be a URL that begins with postgres:\/\//],
    [{ PROXY_NAME: 'a b' }, /PROXY_NAME/],
    [
      { DATABASE_URL: 'postgres://gateway:hunter2@127.0.0.1:1/gateway', ENVOY: 'off' },
      /127\.0\.0\.1:1\/gateway cannot be reached/,
    ],
    [{ ENVOY_BIN: '/nowhere/envoy' }, /ENVOY_BIN .*\/nowhere\/envoy/],
    [{ DATA_DIR: '/dev/null/data' }, /\/dev\/null\/data/],
    [{ ADMIN_HOST: '0.0.0.0' }, /ADMIN_HOST 0\.0\.0\.0 .*set ADMIN_SECRET/],
    [{ XDS_HOST: '0.0.0.0' }, /XDS_HOST 0\.0\.0\.0 .*XDS_TLS_CERT/],
    [
      { XDS_TLS_CERT: '/nowhere/c', XDS_TLS_KEY: '/nowhere/k', XDS_TLS_CA: '/nowhere/a' },
      /XDS_TLS_CERT.*cannot be used.*nowhere/,
    ],
  ])('says why in one line: %j', async (environment, expected) => {
    product = await Product.prepare(environment);
    const { status, lines } = await failedStart(product);
    expect(lines).toEqual([expect.stringMatching(expected)]);
    expect(lines[0]).not.toContain('hunter2');
    expect(lines[0]).not.toMatch(/\n\s+at /);
    expect(status).toBe(1);
  });

  it.each(['ADMIN_PORT', 'XDS_PORT', 'RATELIMIT_PORT', 'HTTP_PORT', 'ENVOY_ADMIN_PORT'])(
    'names the port that is in use: %s',
    async (name) => {
      const taken = net.createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as net.AddressInfo;
      product = await Product.prepare({ [name]: String(port) });
      const { status, lines } = await failedStart(product);
      expect(lines).toEqual([expect.stringContaining(String(port))]);
      expect(lines[0]).toContain(name);
      expect(status).toBe(1);
      taken.close();
    },
    120_000,
  );
});

describe('a start', () => {
  let product: Product;

  beforeAll(async () => {
    product = await Product.start();
  }, 120_000);

  afterAll(() => product.dispose());

  it('prints one block that says what listens where', () => {
    expect(product.output).toContain(`http://localhost:${product.ports.admin}`);
    expect(product.output).toContain(`:${product.ports.http}`);
    expect(product.output.trim().split('\n').length).toBeLessThan(12);
  });

  it('answers health, and nothing on 8080 but 404 before anything is configured', async () => {
    expect(await ask({ port: product.ports.admin, path: '/healthz' })).toMatchObject({
      status: 200,
      body: expect.stringContaining('true') as unknown,
    });
    expect(await ask({ port: product.ports.http, headers: { host: 'any.test' } })).toMatchObject({ status: 404 });
  });

  it('listens on loopback only, but for traffic', async () => {
    const listening = execFileSync('ss', ['-Hltn']).toString();
    for (const port of [product.ports.admin, product.ports.xds, product.ports.rateLimit, product.ports.envoyAdmin]) {
      const addresses = listening.split('\n').filter((line) => line.includes(`:${port} `));
      expect(addresses).toHaveLength(1);
      expect(addresses[0]).toContain(`127.0.0.1:${port}`);
    }
  });

  it('refuses a second one on the same folder, and the first goes on', async () => {
    const second = await Product.prepare({ DATA_DIR: product.dataDir });
    const { status, lines } = await failedStart(second);
    expect(lines).toEqual([expect.stringMatching(/in use by another gateway.*DATA_DIR/)]);
    expect(status).toBe(1);
    expect(await ask({ port: product.ports.admin, path: '/health' })).toMatchObject({ status: 200 });
  });

  it('loses no acknowledged write when node, Envoy and Postgres are all killed at once', async () => {
    for (let number = 0; number < 20; number += 1) {
      expect((await product.call('POST', '/service', `service_name=s${number}&fqdn=s${number}.test`)).status).toBe(201);
    }
    const pids = processesOf(product);
    await product.kill();
    for (const pid of pids) if (commandLine(pid) !== '') process.kill(pid, 'SIGKILL');
    await product.start();
    const { body } = await product.call('GET', '/service');
    expect((JSON.parse(body) as { data: { saaras_db_service: unknown[] } }).data.saaras_db_service).toHaveLength(20);
  }, 120_000);

  it('restarts an Envoy that dies', async () => {
    for (const pid of processesOf(product)) if (commandLine(pid).includes('envoy')) process.kill(pid, 'SIGKILL');
    await eventually(async () =>
      expect(await ask({ port: product.ports.http, headers: { host: 'any.test' } })).toMatchObject({ status: 404 }),
    );
  });
});

it('stops in order when npm, which started it, is told to', async () => {
  const product = await Product.prepare();
  // Without the preparation, which would rebuild what other tests are running.
  const npm = product.launch(['npm', 'start', '--ignore-scripts']);
  await eventually(() => expect(product.output).toContain('is up.'), 60_000);
  npm.kill('SIGTERM');
  await once(npm, 'exit');
  await eventually(() => expect(processesOf(product)).toEqual([]));
  await expect(ask({ port: product.ports.admin })).rejects.toThrow(/ECONNREFUSED/);
  await product.dispose();
}, 120_000);

it('stops in order when it is told to while it is still starting', async () => {
  const product = await Product.prepare();
  const child = product.launch();
  await eventually(() => expect(product.errors).toContain('migrating'));
  child.kill('SIGINT');
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(product.output).toBe('');
  expect(product.errors.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
  await product.dispose();
}, 60_000);
