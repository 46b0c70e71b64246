import pino from 'pino';
import type { Problem, ProxyModel } from '../src/gateway';
import { ProblemReports } from '../src/problem-reports';
import type { Rejection } from '../src/status';
import { proxy, service, whole } from './support/models';

const problem = (name: string, message: string): Problem => ({
  object: { kind: 'globalconfig', name, of: { kind: 'proxy', name: 'gw' } },
  message,
});
const otherwise = (name: string, message: string): Problem => ({ ...problem(name, message), isServed: true });

function start() {
  const told: string[] = [];
  const shown = new Map<string, readonly string[]>();
  const logged: string[] = [];
  const board = {
    objectsRejected: (by: string, name: string, list: readonly Rejection[], part = '') => {
      expect(by).toBe('gateway');
      told.push(`${name} ${part}`);
      shown.set(
        `${name} ${part}`,
        list.map(({ object, reason }) => `${object.name} ${reason}`),
      );
    },
  };
  const log = pino({}, { write: (line: string) => logged.push((JSON.parse(line) as { msg: string }).msg) });
  const reports = new ProblemReports(log, board);
  const all = () => [...shown].flatMap(([part, list]) => list.map((text) => `${part.split(' ')[0]}: ${text}`)).sort();
  return {
    reports,
    shown: all,
    told: () => told.splice(0),
    logged: () => logged.splice(0),
  };
}

const one = service(1, 'one.test', [], { problems: [problem('one', 'bad')] });
const two = service(2, 'two.test', [], { problems: [otherwise('two', 'served otherwise')] });
const model = (services: ProxyModel['services'], more: Partial<ProxyModel> = {}) => ({ ...proxy([]), services, ...more });

test('a proxy shows its own problems, those of its services and those found beside, and no others', () => {
  const { reports, shown, told } = start();
  const services = new Map([one, two].map((each) => [each.id, each]));
  const own = { problems: [problem('gc', 'broken')] };
  reports.models([whole(model(services, own)), whole(model(services, { name: 'edge' }))], []);
  reports.note('gw', 'host one.test', [problem('found', 'late')]);
  expect(shown()).toEqual(['edge: one bad', 'gw: found late', 'gw: gc broken', 'gw: one bad']);

  services.set(1, { ...one, problems: [] });
  told();
  reports.models([{ model: model(services), services: new Set([1]) }], ['edge']);
  expect(shown()).toEqual(['gw: found late']);
  // Nothing is said of what did not change.
  expect(told()).toEqual(['edge 1', 'gw itself', 'gw 1']);
});

test('a service that is gone when all is read again takes its problems along', () => {
  const { reports, shown } = start();
  reports.models([whole(model(new Map([[1, one]])))], []);
  reports.models([whole(model(new Map([[2, two]])))], []);
  expect(shown()).toEqual([]);
});

test('rate limits are shown at their proxy until they are mended', () => {
  const { reports, shown, logged } = start();
  reports.rateLimits([problem('a', 'no effect'), problem('b', 'no effect either')]);
  expect(shown()).toEqual(['gw: a no effect', 'gw: b no effect either']);
  reports.rateLimits([problem('b', 'no effect either')]);
  expect(shown()).toEqual(['gw: b no effect either']);
  reports.rateLimits([]);
  expect(shown()).toEqual([]);
  expect(logged()).toEqual(['no effect', 'no effect either']);
});

test('what is found beside the models is logged when it comes up, and what is served otherwise is not shown', () => {
  const { reports, shown, told, logged } = start();
  reports.note('gw', 'host a.test', [otherwise('a', 'otherwise')]);
  reports.note('gw', 'host a.test', [otherwise('a', 'otherwise'), otherwise('a', 'and more')]);
  reports.note('gw', 'host a.test', []);
  reports.note('gw', 'host a.test', [otherwise('a', 'otherwise')]);
  expect(logged()).toEqual(['otherwise', 'and more', 'otherwise']);
  expect(shown()).toEqual([]);
  expect(told()).toEqual([]);
});
