import type { Problem, ProxyModel } from '../../src/gateway';
import { ProblemBoard } from '../../src/status';
import type { Rejection } from '../../src/status';
import { proxy, service, whole } from '../support/models';

const problem = (name: string, message: string): Problem => ({ object: { kind: 'service', name }, message });

test('a proxy shows its own problems, those of its services and those found beside, and no others', () => {
  const shown = new Map<string, readonly string[]>();
  const board = new ProblemBoard({
    objectsRejected: (by: string, name: string, list: readonly Rejection[]) => {
      expect(by).toBe('gateway');
      shown.set(
        name,
        list.map(({ object, reason }) => `${object.name} ${reason}`),
      );
    },
  });
  const one = service(1, 'one.test', [], { problems: [problem('one', 'bad')] });
  const two = service(2, 'two.test', [], { problems: [{ ...problem('two', 'otherwise'), isServed: true }] });
  const model = (services: ProxyModel['services'], more: Partial<ProxyModel> = {}) => ({ ...proxy([]), services, ...more });

  const services = new Map([one, two].map((each) => [each.id, each]));
  const own = { problems: [problem('gc', 'broken')] };
  board.report([whole(model(services, own)), whole(model(services, { name: 'edge' }))], [], (name) =>
    name === 'gw' ? [problem('found', 'late')] : [],
  );
  expect(Object.fromEntries(shown)).toEqual({ gw: ['gc broken', 'one bad', 'found late'], edge: ['one bad'] });

  services.set(1, { ...one, problems: [] });
  board.report([{ model: model(services), services: new Set([1]) }], ['edge'], () => []);
  expect(Object.fromEntries(shown)).toEqual({ gw: [], edge: [] });
});
