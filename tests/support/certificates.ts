import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TestPair {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
  /** SHA-256, as `X509Certificate.fingerprint256` writes it. */
  readonly fingerprint: string;
}

/** A fresh self-signed certificate for a DNS name (or an IP address) and its key, made by openssl. */
export function selfSigned(name: string): TestPair {
  const folder = mkdtempSync(path.join(tmpdir(), 'pair-'));
  try {
    const key = path.join(folder, 'key.pem');
    const certificate = path.join(folder, 'certificate.pem');
    const san = /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
        ...['-subj', `/CN=${name}`, '-addext', `subjectAltName=${san}`, '-keyout', key, '-out', certificate],
      ],
      { stdio: 'pipe' },
    );
    const pem = readFileSync(certificate, 'utf8');
    return { certificate: pem, privateKey: readFileSync(key, 'utf8'), fingerprint: new X509Certificate(pem).fingerprint256 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
