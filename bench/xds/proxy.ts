import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startGatewayUnderTest } from '../../tests/xds/envoy/gateway-under-test';
import { eventually } from '../../tests/support/eventually';
import { ask } from '../../tests/support/http-client';
import { proxy, route, service, upstream } from '../../tests/support/models';
import { freePorts } from '../../tests/support/ports';
import { percentile } from '../statistics';
import { figure, note } from './report';
import type { Part, StaticEnvoy } from './static-envoy';
import { PARTS, startAnswering, startForwarding } from './static-envoy';

const HOST = 'bench.test';
const ROUNDS = 9;
const SECONDS = 3;
const CONNECTIONS = 32;
const LEAST = 0.85;
const MINIMAL: ReadonlySet<Part> = new Set(['filters', 'access log']);

/**
 * Requests a second through Envoy with our configuration against a minimal one by hand with the same filters and access log,
 * in turns. @param args `parts` measures as well what each part of ours costs, in a static configuration that has all of it
 */
export async function measureProxy([parts]: readonly string[]): Promise<boolean> {
  const [answering, minimalPort] = (await freePorts(2)) as [number, number];
  const upstreamEnvoy = await startAnswering(answering);
  const gateway = await startGatewayUnderTest();
  const minimal = await startForwarding(minimalPort, answering, MINIMAL);
  try {
    gateway.set(proxy([service(1, HOST, [route(1, '/', [upstream(1, answering)])])]));
    await eventually(async () => {
      const { status } = await ask({ port: gateway.httpPort, headers: { host: HOST } });
      if (status !== 200) throw new Error(`our Envoy answers ${status}`);
    });
    const rates = await inTurns(
      new Map([
        ['ours', gateway.httpPort],
        ['minimal', minimal.port],
      ]),
    );
    for (const [name, values] of rates) note(`${name}, median of ${ROUNDS}`, percentile(values, 0.5), 'requests/s');
    const isMet = figure('ours against minimal', ratio(rates, 'ours', 'minimal'), { least: LEAST }, '×');
    if (parts === 'parts') await eachPart(answering);
    return isMet;
  } finally {
    await Promise.all([minimal.stop(), gateway.stop(), upstreamEnvoy.stop()]);
  }
}

/** A static configuration with all that ours has, and without each part of it. */
async function eachPart(answering: number): Promise<void> {
  const ports = await freePorts(PARTS.length + 2);
  const envoys = new Map<string, StaticEnvoy>();
  const start = async (name: string, parts: ReadonlySet<Part>): Promise<void> => {
    envoys.set(name, await startForwarding(ports[envoys.size]!, answering, parts));
  };
  await start('all that ours has, static', new Set(PARTS));
  // The scope is by the host itself, as it comes, when no expression gives it.
  for (const part of PARTS)
    await start(
      `without ${part}`,
      new Set(PARTS.filter((each) => each !== part && !(part === 'scopes' && each === 'expression'))),
    );
  await start('none of it', new Set());
  const rates = await inTurns(new Map([...envoys].map(([name, { port }]) => [name, port])));
  const [all = ''] = rates.keys();
  for (const [name, values] of rates) note(name, percentile(values, 0.5), `requests/s, ${ratio(rates, name, all).toFixed(2)} ×`);
  await Promise.all([...envoys.values()].map((envoy) => envoy.stop()));
}

/** The median of the ratios of all rounds: what else the machine does changes from one to the next, less so within one. */
function ratio(rates: ReadonlyMap<string, readonly number[]>, of: string, against: string): number {
  const others = rates.get(against) ?? [];
  return percentile(
    (rates.get(of) ?? []).map((rate, round) => rate / (others[round] ?? NaN)),
    0.5,
  );
}

/** The rates of each in every round. */
async function inTurns(ports: ReadonlyMap<string, number>): Promise<Map<string, number[]>> {
  const samples = new Map<string, number[]>([...ports.keys()].map((name) => [name, []]));
  for (const port of ports.values()) await requestsASecond(port, 1);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, port] of ports) samples.get(name)?.push(await requestsASecond(port, SECONDS));
  return samples;
}

/** By `wrk`. @throws Error when any answer is not a good one */
async function requestsASecond(port: number, seconds: number): Promise<number> {
  const limits = ['--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${seconds}s`];
  const { stdout } = await promisify(execFile)('wrk', [...limits, '--header', `Host: ${HOST}`, `http://127.0.0.1:${port}/`]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`bad answers from port ${port}: ${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}
