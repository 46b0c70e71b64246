import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkAuthorityPem, checkCertificatePem, checkPrivateKeyPem, pairMatches } from '../../src/validation';

const folder = mkdtempSync(path.join(tmpdir(), 'pem-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString();
}

/** A self-signed certificate for a key that is there. */
function certify(key: string, subject = '/CN=a.test', ...more: string[]): string {
  openssl('req', '-x509', '-key', key, '-days', '30', '-subj', subject, '-out', 'certificate.pem', ...more);
  return readFileSync(path.join(folder, 'certificate.pem'), 'utf8');
}

function key(name: string, ...args: string[]): string {
  openssl('genpkey', '-out', name, ...args);
  return readFileSync(path.join(folder, name), 'utf8');
}

const P256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const ec = key('ec.pem', ...P256);
const ecCertificate = certify('ec.pem');
const other = key('other.pem', ...P256);
const rsa = key('rsa.pem', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
const rsaCertificate = certify('rsa.pem');

test('certificates and keys of the kinds that Envoy serves are taken, with text around them', () => {
  for (const text of [ecCertificate, rsaCertificate, ecCertificate + rsaCertificate, `subject=a\n${ecCertificate}`]) {
    expect(checkCertificatePem(text)).toEqual({ ok: true, value: text });
  }
  const sec1 = openssl('ecparam', '-name', 'prime256v1', '-genkey');
  const pkcs1 = openssl('rsa', '-in', 'rsa.pem', '-traditional');
  expect(sec1).toContain('EC PARAMETERS');
  expect(pkcs1).toContain('RSA PRIVATE KEY');
  for (const text of [ec, rsa, sec1, pkcs1]) expect(checkPrivateKeyPem(text)).toEqual({ ok: true, value: text });
});

test('a pair matches when the first certificate is for the key', () => {
  expect(pairMatches(ecCertificate, ec)).toBe(true);
  expect(pairMatches(rsaCertificate, rsa)).toBe(true);
  expect(pairMatches(ecCertificate + rsaCertificate, ec)).toBe(true);
  expect(pairMatches(rsaCertificate + ecCertificate, ec)).toBe(false);
  expect(pairMatches(ecCertificate, other)).toBe(false);
  expect(pairMatches('', '')).toBe(false);
  expect(pairMatches(ec, ecCertificate)).toBe(false);
});

test('a key in place of a certificate, and the reverse, are told apart', () => {
  expect(checkCertificatePem(ec)).toEqual({
    ok: false,
    message: 'this is a private key, not a certificate: it belongs in secret_key',
  });
  expect(checkPrivateKeyPem(ecCertificate)).toEqual({
    ok: false,
    message: 'this is a certificate, not a private key: it belongs in secret_cert',
  });
});

test('what cannot be read or served is refused, and no message repeats the text', () => {
  const broken = ecCertificate.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
  expect(checkCertificatePem('')).toMatchObject({
    ok: false,
    message: expect.stringContaining('no certificate found') as string,
  });
  expect(checkCertificatePem(ecCertificate + broken)).toEqual({ ok: false, message: 'certificate 2 of 2 cannot be read' });
  expect(checkPrivateKeyPem('hello')).toMatchObject({
    ok: false,
    message: expect.stringContaining('no private key found') as string,
  });
  expect(checkPrivateKeyPem(ec + other)).toEqual({ ok: false, message: 'there are 2 private keys: exactly one is expected' });
  expect(checkPrivateKeyPem(ec.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA'))).toEqual({
    ok: false,
    message: 'the private key cannot be read',
  });
});

test('a text of a megabyte is read in linear time', () => {
  const text = '-----BEGIN CERTIFICATE-----\n'.repeat(37_000);
  expect(checkCertificatePem(text)).toMatchObject({ ok: false });
  expect(checkCertificatePem(`${text}${ecCertificate.replaceAll('\n', '\r\n')}`).ok).toBe(true);
  expect(checkPrivateKeyPem('-----BEGIN A-----'.repeat(60_000)).ok).toBe(false);
});

test('encrypted keys are refused in both forms', () => {
  const pkcs8 = openssl('pkcs8', '-topk8', '-in', 'ec.pem', '-passout', 'pass:secret');
  const traditional = openssl('rsa', '-in', 'rsa.pem', '-traditional', '-aes128', '-passout', 'pass:secret');
  for (const text of [pkcs8, traditional]) {
    expect(checkPrivateKeyPem(text)).toMatchObject({ ok: false, message: expect.stringContaining('is encrypted') as string });
  }
});

test('keys that Envoy refuses are refused', () => {
  expect(checkPrivateKeyPem(key('small.pem', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'))).toMatchObject({
    message: 'the private key is RSA of 1024 bits: Envoy asks for at least 2048',
  });
  expect(checkPrivateKeyPem(key('ed.pem', '-algorithm', 'ED25519')).ok).toBe(false);
  expect(checkPrivateKeyPem(key('k.pem', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1')).ok).toBe(false);
  expect(checkCertificatePem(certify('ed.pem'))).toMatchObject({
    message: "the certificate's key is of type ed25519: Envoy serves RSA and ECDSA",
  });
  expect(checkAuthorityPem(certify('ed.pem')).ok).toBe(true);
});

test('a certificate must name someone: CN or SAN', () => {
  expect(checkCertificatePem(certify('ec.pem', '/O=nobody')).ok).toBe(false);
  expect(checkCertificatePem(certify('ec.pem', '/O=nobody', '-addext', 'subjectAltName=DNS:a.test')).ok).toBe(true);
});
