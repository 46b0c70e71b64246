import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_WITHIN_MS = 2_000;

/** Whether Envoy's admin interface answers on loopback; it does before a configuration has come. */
export async function adminAnswers(port: number): Promise<boolean> {
  return (await ask(port, 'GET', '/server_info')).status === 200;
}

/** Whether Envoy serves: `/ready` is 200 once it has its first configuration and listens, 503 before. */
export async function isReady(port: number): Promise<boolean> {
  return (await ask(port, 'GET', '/ready')).status === 200;
}

/** Closes the listening sockets and waits, for at most `patienceMs`, until no request is under way. */
export async function drain(port: number, patienceMs: number): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  if ((await ask(port, 'POST', '/drain_listeners')).status !== 200) return;
  await until(async () => !(await requestsUnderWay(port)), 20, signal);
}

/** Asks `question` every `everyMs` until it is answered with yes; false when `signal` stopped that. */
export async function until(question: () => Promise<boolean>, everyMs: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await question()) return true;
    await sleep(everyMs);
  }
  return false;
}

/** The gauges `http.<stat prefix>.downstream_rq_active`; the one of the admin interface counts the very request that asks. */
async function requestsUnderWay(port: number): Promise<boolean> {
  const { body } = await ask(port, 'GET', '/stats?filter=downstream_rq_active$&type=Gauges');
  return /^http\.(?!admin\.).*: [1-9]/m.test(body);
}

/** Status and body of the answer; status 0 when there is none in time. */
function ask(port: number, method: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const unanswered = () => resolve({ status: 0, body: '' });
    const options = { host: '127.0.0.1', port, path: encodeURI(path), method, agent: false, timeout: ANSWER_WITHIN_MS };
    const request = http.request(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', unanswered);
    });
    request.on('timeout', () => request.destroy());
    request.on('close', unanswered);
    request.on('error', unanswered);
    request.end();
  });
}
