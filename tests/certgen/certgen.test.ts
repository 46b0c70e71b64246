import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../src/root';

const base = mkdtempSync(path.join(tmpdir(), 'certgen-'));
afterAll(() => rmSync(base, { recursive: true }));
let count = 0;
const newFolder = (): string => path.join(base, `certificates-${(count += 1)}`);

interface Outcome {
  readonly status: number;
  readonly output: string;
}

async function certgen(...args: string[]): Promise<Outcome> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(ROOT, 'dist/certgen-main.js'), ...args]);
    return { status: 0, output: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { status: code, output: stderr };
  }
}

const FILES = [
  ...['authority/cert.pem', 'authority/key.pem', 'server/cert.pem', 'server/key.pem', 'server/ca.pem'],
  ...['client/cert.pem', 'client/key.pem', 'client/ca.pem'],
];
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(FILES.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
const certificate = (folder: string, file: string): X509Certificate => new X509Certificate(readFileSync(path.join(folder, file)));
const changed = (before: Record<string, string>, after: Record<string, string>): string[] =>
  FILES.filter((file) => before[file] !== after[file]);

test('an authority and two pairs are made, which openssl accepts for what they are for', async () => {
  const folder = newFolder();
  expect((await certgen(folder, '--host', 'gateway', '--host', '10.0.0.7', '--days', '5')).status).toBe(0);
  for (const [name, purpose] of [
    ['server', 'sslserver'],
    ['client', 'sslclient'],
  ] as const) {
    const args = ['verify', '-x509_strict', '-purpose', purpose, '-CAfile', path.join(folder, 'authority/cert.pem')];
    expect(execFileSync('openssl', [...args, path.join(folder, name, 'cert.pem')]).toString()).toContain('OK');
    const other = ['verify', '-purpose', purpose === 'sslserver' ? 'sslclient' : 'sslserver', ...args.slice(4)];
    expect(() => execFileSync('openssl', [...other, path.join(folder, name, 'cert.pem')], { stdio: 'pipe' })).toThrow();
  }
  const server = certificate(folder, 'server/cert.pem');
  expect(server.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:gateway, IP Address:10.0.0.7',
  );
  const days = (new Date(server.validTo).getTime() - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(5);
  expect(certificate(folder, 'authority/cert.pem').ca).toBe(true);
  expect(certificate(folder, 'client/cert.pem').ca).toBe(false);
});

test('nobody else may read a file, whatever the umask says', async () => {
  const folder = newFolder();
  const mask = process.umask(0);
  try {
    await certgen(folder);
  } finally {
    process.umask(mask);
  }
  for (const file of FILES) expect([file, (statSync(path.join(folder, file)).mode & 0o777).toString(8)]).toEqual([file, '600']);
  for (const name of ['authority', 'server', 'client'])
    expect((statSync(path.join(folder, name)).mode & 0o777).toString(8)).toBe('700');
});

test('nothing is overwritten unless it is asked for; renewing keeps the authority', async () => {
  const folder = newFolder();
  await certgen(folder);
  const first = contents(folder);
  const refused = await certgen(folder);
  expect([refused.status, refused.output]).toEqual([1, expect.stringMatching(/^certgen: .*is there already: say --renew/)]);
  expect(contents(folder)).toEqual(first);
  expect((await certgen(folder, '--renew')).status).toBe(0);
  const second = contents(folder);
  expect(changed(first, second)).toEqual(['server/cert.pem', 'server/key.pem', 'client/cert.pem', 'client/key.pem']);
  const issuer = certificate(folder, 'authority/cert.pem');
  for (const pem of [first, second])
    expect(new X509Certificate(pem['server/cert.pem'] ?? '').verify(issuer.publicKey)).toBe(true);
});

test('what is fit stays when it is only to be ensured, and what is not is made', async () => {
  const folder = newFolder();
  expect((await certgen(folder, '--ensure', '--host', 'gateway')).status).toBe(0);
  const first = contents(folder);
  expect((await certgen(folder, '--ensure', '--host', 'gateway', '--host', '127.0.0.1')).output).toContain('are kept');
  expect(contents(folder)).toEqual(first);
  await certgen(folder, '--ensure', '--host', 'another');
  const second = contents(folder);
  expect(changed(first, second)).toContain('server/cert.pem');
  expect(certificate(folder, 'server/cert.pem').subjectAltName).toContain('DNS:another');
  rmSync(path.join(folder, 'client/key.pem'));
  await certgen(folder, '--ensure');
  expect(existsSync(path.join(folder, 'client/key.pem'))).toBe(true);
  await certgen(folder, '--renew', '--days', '20');
  const soon = contents(folder);
  await certgen(folder, '--ensure');
  expect(changed(soon, contents(folder))).toContain('server/cert.pem');
  expect(contents(folder)['authority/key.pem']).toBe(first['authority/key.pem']);
});

test.each([
  [[], /name one folder/],
  [['a', 'b'], /name one folder/],
  [['a', '--renew', '--ensure'], /exclude each other/],
  [['a', '--days', '0'], /--days must be a number/],
  [['a', '--days', 'ten'], /--days must be a number/],
  [['a', '--host', 'http://x'], /--host must be a DNS name/],
  [['a', '--frobnicate'], /Unknown option/],
  [['/dev/null/certificates'], /ENOTDIR/],
])('arguments that make no sense are told so: %j', async (args, message) => {
  const { status, output } = await certgen(...args);
  expect([status, output]).toEqual([1, expect.stringMatching(message)]);
  expect(output).not.toMatch(/\n\s+at /);
});

test('help is not an error', async () => {
  expect(await certgen('--help')).toEqual({ status: 0, output: expect.stringMatching(/^certgen <folder>/) as string });
});
