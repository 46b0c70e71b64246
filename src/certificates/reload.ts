import { experimental } from '@grpc/grpc-js';
import type { ServerCredentials } from '@grpc/grpc-js';
import { StartError } from '../errors';
import type { Logger } from '../log';
import type { PemFiles } from '../settings';
import type { Pems } from './pems';
import { expiry, faultOf, readPems } from './pems';

/** What a gRPC server is opened with: its certificate, and who must have signed its clients'. */
export interface ServerTls {
  /** Of as many servers as there are. */
  credentials(): ServerCredentials;
  close(): void;
}

const POLL_MS = 1_000;
const SOON_MS = 30 * 86_400_000;

type Provider = experimental.CertificateProvider;
type IdentityListener = experimental.IdentityCertificateUpdateListener;
type CaListener = experimental.CaCertificateUpdateListener;

/**
 * Mutual TLS by files that are looked at every second: connections that come after a change meet the new files, those that
 * are there go on. Files that cannot be used are logged, and the old ones stay.
 * @throws StartError when the files cannot be used at the start
 */
export async function openServerTls(files: PemFiles, log: Logger, pollMs = POLL_MS): Promise<ServerTls> {
  const first = await readPems(files).catch((error: unknown) => {
    throw unusable(error instanceof Error ? error.message : String(error), error);
  });
  const fault = faultOf(first);
  if (fault) throw unusable(fault);
  return new ReloadedTls(files, first, log, pollMs);
}

class ReloadedTls implements ServerTls, Provider {
  readonly #identity = new Set<IdentityListener>();
  readonly #authority = new Set<CaListener>();
  readonly #timer: NodeJS.Timeout;
  #current: Pems;
  /** What was wrong at the last look: said only when it is still so, since a change of several files takes a moment. */
  #doubt: string | undefined;
  #said: string | undefined;
  #isReading = false;

  constructor(
    private readonly files: PemFiles,
    first: Pems,
    private readonly log: Logger,
    pollMs: number,
  ) {
    this.#current = first;
    this.#warnOfExpiry();
    this.#timer = setInterval(() => void this.#look(), pollMs);
    this.#timer.unref();
  }

  credentials(): ServerCredentials {
    return experimental.createCertificateProviderServerCredentials(this, this, true);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.#identity.add(listener);
    // The library is not ready for an answer before its call has returned.
    process.nextTick(() => listener(this.#current));
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.#identity.delete(listener);
  }

  addCaCertificateListener(listener: CaListener): void {
    this.#authority.add(listener);
    process.nextTick(() => listener({ caCertificate: this.#current.authority }));
  }

  removeCaCertificateListener(listener: CaListener): void {
    this.#authority.delete(listener);
  }

  async #look(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const read = await readPems(this.files);
      const fault = isEqual(read, this.#current) ? undefined : faultOf(read);
      if (fault) this.#refuse(fault);
      else this.#take(read);
    } catch (error) {
      this.#refuse((error as Error).message);
    } finally {
      this.#isReading = false;
    }
  }

  #refuse(fault: string): void {
    if (this.#doubt === fault && this.#said !== fault) {
      this.log.error(
        { reason: fault },
        'the certificate files of xDS and the rate limit service cannot be used: the old ones stay',
      );
      this.#said = fault;
    }
    this.#doubt = fault;
  }

  #take(read: Pems): void {
    this.#doubt = undefined;
    this.#said = undefined;
    if (isEqual(read, this.#current)) return;
    this.#current = read;
    for (const listener of this.#authority) listener({ caCertificate: read.authority });
    for (const listener of this.#identity) listener(read);
    this.log.info({ expires: expiry(read) }, 'the certificate of xDS and the rate limit service was changed');
    this.#warnOfExpiry();
  }

  #warnOfExpiry(): void {
    const expires = expiry(this.#current);
    if (expires.getTime() - Date.now() < SOON_MS)
      this.log.warn({ expires }, 'the certificate of xDS and the rate limit service expires soon: renew it');
  }
}

function isEqual(one: Pems, other: Pems): boolean {
  return (
    one.certificate.equals(other.certificate) && one.privateKey.equals(other.privateKey) && one.authority.equals(other.authority)
  );
}

function unusable(reason: string, cause?: unknown): StartError {
  return new StartError(`XDS_TLS_CERT, XDS_TLS_KEY and XDS_TLS_CA cannot be used: ${reason}`, { cause });
}
