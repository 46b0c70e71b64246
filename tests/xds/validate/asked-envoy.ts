import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Server } from '@grpc/grpc-js';
import { AggregatedDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import type { AggregatedDiscoveryServiceServer } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { bootstrap } from '../../../src/envoy';
import { listenGrpc } from '../../../src/grpc-listen';
import { TYPE_URLS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';
import { testEnvoyBinary } from '../../support/envoy';
import { eventually } from '../../support/eventually';
import { freePorts } from '../../support/ports';

/** A real Envoy that is asked of one resource at a time whether it takes it. */
export interface AskedEnvoy {
  /**
   * Sends the resource over ADS.
   * @returns Envoy's reason when it refuses, undefined when it accepts.
   * @throws Error when Envoy ends over it.
   */
  refusal(kind: ResourceKind, bytes: Uint8Array): Promise<string | undefined>;
  stop(): Promise<void>;
}

type Stream = ServerDuplexStream<DiscoveryRequest, DiscoveryResponse>;

/**
 * @param standing resources that Envoy always has: without a listener and a cluster that ask for them it would not look at
 * routes, endpoints or secrets. Those of the kinds that it asks for by name give way to the resource that is asked about.
 */
export async function startAskedEnvoy(
  standing: Readonly<Record<Exclude<ResourceKind, 'scope' | 'chain'>, Uint8Array>>,
): Promise<AskedEnvoy> {
  const binary = await testEnvoyBinary();
  const subscribed = new Map<string, Stream>();
  const answers = new EventEmitter();
  let sent = 0;

  const send = (stream: Stream, kind: ResourceKind, resources: readonly Uint8Array[]): string => {
    sent += 1;
    const typeUrl = TYPE_URLS[kind];
    const packed = resources.map((value) => ({ typeUrl, value: Buffer.from(value) }));
    stream.write(DiscoveryResponse.fromPartial({ versionInfo: `${sent}`, nonce: `${sent}`, typeUrl, resources: packed }));
    return `${sent}`;
  };

  const service: AggregatedDiscoveryServiceServer = {
    streamAggregatedResources: (call) => {
      call.on('data', ({ typeUrl, responseNonce, errorDetail }: DiscoveryRequest) => {
        const kind = (Object.keys(TYPE_URLS) as ResourceKind[]).find((each) => TYPE_URLS[each] === typeUrl);
        if (!kind || kind === 'scope' || kind === 'chain') return;
        if (responseNonce === '') send(call, kind, [standing[kind]]);
        else subscribed.set(typeUrl, call);
        answers.emit(`nonce ${responseNonce}`, errorDetail?.message);
      });
      call.on('error', () => call.end()); // An Envoy that was killed.
      call.on('end', () => call.end());
    },
    deltaAggregatedResources: (call) => call.end(),
  };
  const server = new Server();
  server.addService(AggregatedDiscoveryServiceService, service);
  const port = await listenGrpc(server, { host: '127.0.0.1', port: 0 }, 'XDS');

  const folder = mkdtempSync(path.join(tmpdir(), 'envoy-test-'));
  const config = path.join(folder, 'bootstrap.json');
  const [adminPort] = (await freePorts(1)) as [number];
  const address = { host: '127.0.0.1', port };
  writeFileSync(
    config,
    JSON.stringify(bootstrap({ proxyName: 'gw', nodeId: 'test', xds: address, rateLimit: address, adminPort })).replace(
      'DELTA_GRPC',
      'GRPC',
    ),
  );
  const envoy = spawn(binary, ['-c', config, '--use-dynamic-base-id', '--log-level', 'off', '--concurrency', '1'], {
    stdio: 'ignore',
  });
  const ended = once(envoy, 'exit').then(([code, signal]) => `Envoy has ended (${code ?? signal})`);

  return {
    async refusal(kind, bytes) {
      const stream = await eventually(() => {
        const found = subscribed.get(TYPE_URLS[kind]);
        if (!found) throw new Error(`Envoy has not asked for any ${kind} yet`);
        return found;
      });
      const all = kind === 'listener' || kind === 'cluster' ? [standing[kind], bytes] : [bytes];
      const answer = once(answers, `nonce ${send(stream, kind, all)}`) as Promise<[string | undefined]>;
      const failure = ended.then((reason) => Promise.reject(new Error(reason)));
      const [reason] = await Promise.race([answer, failure]);
      return reason;
    },
    async stop() {
      envoy.kill('SIGKILL');
      await ended;
      server.forceShutdown();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
