import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { grpcUpstream, route, service } from '../../support/models';
import type { Answer, GrpcClient, Program } from './client';
import { startGrpcClient, tally } from './client';
import type { ControlPlane } from './control-plane';
import { startControlPlane } from './control-plane';
import type { NamedUpstream } from './upstreams';
import { startNamedUpstream } from './upstreams';

/** In what clients are known to differ. */
export interface Differences {
  /** The status of a refused call says why. */
  readonly tellsWhy?: boolean;
  /** What is in the details of a status that the client itself may end calls with when its routes lead to a new cluster. */
  readonly flaw?: string;
}

/** What every gRPC client has to do with services without a proxy in the path. */
export function describeGrpcClient(
  name: string,
  findProgram: () => Promise<Program>,
  { tellsWhy, flaw }: Differences = {},
): void {
  describe(name, () => {
    let control: ControlPlane;
    let client: GrpcClient;
    let one: NamedUpstream;
    let two: NamedUpstream;

    beforeAll(async () => {
      [control, one, two] = await Promise.all([startControlPlane(), startNamedUpstream('one'), startNamedUpstream('two')]);
      client = startGrpcClient(await findProgram(), control.port);
    }, 600_000);
    afterAll(async () => {
      await client?.stop();
      await control?.stop();
      one?.stop();
      two?.stop();
    });

    const toOne = (weight = 100) => grpcUpstream(1, one.port, { weight });
    const toTwo = (weight = 100) => grpcUpstream(2, two.port, { weight });
    const served = async (service: string, expected: Readonly<Record<string, number>>) =>
      eventually(async () => expect(tally(await client.calls(service, { count: 20 }))).toEqual(expected));
    /** Calls until it is stopped; the answers so far, and then all. */
    const keepCalling = (service: string): { readonly answers: readonly Answer[]; stop(): Promise<readonly Answer[]> } => {
      const answers: Answer[] = [];
      let goesOn = true;
      const calling = (async () => {
        while (goesOn) answers.push(...(await client.calls(service, { count: 10 })));
      })();
      return {
        answers,
        stop: async () => {
          goesOn = false;
          await calling;
          return answers;
        },
      };
    };

    it('balances over upstreams in their weights, and follows a change of them by one update of endpoints', async () => {
      const weighed = (a: number, b: number) => service(1, 'a.test', [route(1, '/', [toOne(a), toTwo(b)])], { name: 'weighed' });
      control.put(weighed(3, 1));
      const { one: toFirst = 0, ...others } = tally(await client.calls('weighed', { count: 400 }));
      expect(toFirst).toBeGreaterThan(255);
      expect(toFirst).toBeLessThan(345);
      expect(others).toEqual({ two: 400 - toFirst });

      control.takeLogged();
      control.put(weighed(1, 0));
      await served('weighed', { one: 20 });
      const sent = control.takeLogged().filter(({ msg }) => msg === 'sent');
      expect(sent).toEqual([expect.objectContaining({ type: 'endpoint', sent: 1 })]);
    });

    it('takes a new upstream in, and leaves out one that is gone or cannot be reached', async () => {
      const with_ = (...upstreams: ReturnType<typeof toOne>[]) =>
        service(2, 'a.test', [route(2, '/', upstreams)], { name: 'grows' });
      control.put(with_(toOne()));
      await served('grows', { one: 20 });
      control.put(with_(toOne(), toTwo()));
      await eventually(async () =>
        expect(Object.keys(tally(await client.calls('grows', { count: 40 }))).sort()).toEqual(['one', 'two']),
      );
      control.put(with_(toTwo()));
      await served('grows', { two: 20 });

      const three = await startNamedUpstream('three');
      control.put(with_(toTwo(), grpcUpstream(3, three.port)));
      await eventually(async () => expect(tally(await client.calls('grows', { count: 40 }))).toHaveProperty('three'));
      three.stop();
      await served('grows', { two: 20 });
    });

    it('chooses upstreams by the method, the longest prefix first, and by a regular expression', async () => {
      const routes = [
        route(31, '/', [toOne()]),
        route(32, '/tests.Two/', [toTwo()]),
        route(33, '', [toTwo()], { match: { path: { kind: 'regex', value: '/tests\\.On[a-e]/C.*' }, headers: [] } }),
      ];
      control.put(service(3, 'a.test', routes, { name: 'by-method' }));
      expect(tally(await client.calls('by-method', { count: 5 }))).toEqual({ one: 5 });
      expect(tally(await client.calls('by-method', { count: 5, method: '/tests.Two/Call' }))).toEqual({ two: 5 });
      expect(tally(await client.calls('by-method', { count: 5, method: '/tests.One/Call' }))).toEqual({ two: 5 });
    });

    it('chooses upstreams by headers as the proxy does, those of absent ones included', async () => {
      const by = (id: number, test: 'exact' | 'notexact' | 'contains' | 'notcontains' | 'present', name: string, value: string) =>
        route(id, `/`, [toTwo()], { match: { path: { kind: 'prefix', value: '/' }, headers: [{ name, test, value }] } });
      const answered = async (metadata: Record<string, string>) =>
        Object.keys(tally(await client.calls('by-header', { metadata })));
      const serve = async (match: ReturnType<typeof by>) => {
        control.put(service(4, 'a.test', [route(40, '/', [toOne()]), match], { name: 'by-header' }));
        await sleep(200);
      };
      await serve(by(41, 'exact', 'X-Kind', 'new'));
      expect([await answered({}), await answered({ 'x-kind': 'new' }), await answered({ 'x-kind': 'old' })]).toEqual([
        ['one'],
        ['two'],
        ['one'],
      ]);
      await serve(by(42, 'notexact', 'x-kind', 'new'));
      expect([await answered({}), await answered({ 'x-kind': 'new' }), await answered({ 'x-kind': 'old' })]).toEqual([
        ['two'],
        ['one'],
        ['two'],
      ]);
      await serve(by(43, 'contains', 'x-kind', 'ne'));
      expect([await answered({}), await answered({ 'x-kind': 'new' }), await answered({ 'x-kind': 'old' })]).toEqual([
        ['one'],
        ['two'],
        ['one'],
      ]);
      await serve(by(44, 'notcontains', 'x-kind', 'ne'));
      expect([await answered({}), await answered({ 'x-kind': 'new' }), await answered({ 'x-kind': 'old' })]).toEqual([
        ['two'],
        ['one'],
        ['two'],
      ]);
      await serve(by(45, 'present', 'x-kind', ''));
      expect([await answered({}), await answered({ 'x-kind': 'new' })]).toEqual([['one'], ['two']]);
      await serve(by(46, 'exact', ':method', 'POST'));
      expect(await answered({})).toEqual(['two']);
    });

    it('reaches upstreams with DNS names, in their weights', async () => {
      const byName = grpcUpstream(5, one.port, { address: 'localhost', isIp: false, weight: 3 });
      control.put(service(5, 'a.test', [route(5, '/', [byName])], { name: 'named' }));
      await served('named', { one: 20 });
      control.put(service(5, 'a.test', [route(5, '/', [byName, toTwo(1)])], { name: 'named' }));
      await eventually(async () => {
        const counts = tally(await client.calls('named', { count: 200 }));
        expect(counts.one).toBeGreaterThan(115);
        expect(counts.one).toBeLessThan(185);
      });
    });

    it('is refused a service whose filter it would bypass, at once and by name, and is served when the filter is gone', async () => {
      const plain = service(6, 'a.test', [route(6, '/', [toOne()])], { name: 'filtered' });
      const filtered = { ...plain, filters: { lua: 'function envoy_on_request() end', cors: undefined } };
      control.put(filtered);
      const refused = await client.calls('filtered', { count: 3, deadlineMs: 4_000 });
      expect(tally(refused)).toEqual({ UNAVAILABLE: 3 });
      const why = tellsWhy ? 'service filtered: it has a Lua filter, which only the proxy runs' : '';
      expect(refused[0]).toEqual({ code: 'UNAVAILABLE', details: expect.stringContaining(why) as string });
      const refusal = {
        object: 'service filtered',
        message: 'refused to gRPC clients: it has a Lua filter, which only the proxy runs',
      };
      expect(control.notes()).toContainEqual({ ...refusal, object: { kind: 'service', name: 'filtered' }, isServed: true });
      expect(control.takeLogged()).toContainEqual(expect.objectContaining({ object: refusal.object, msg: refusal.message }));
      control.put(plain);
      await served('filtered', { one: 20 });
      expect(control.notes()).not.toContainEqual(refusal);
      control.put(filtered);
      await served('filtered', { UNAVAILABLE: 20 });
    });

    it('is told at once that there is no such service, and is served as soon as there is one', async () => {
      expect(tally(await client.calls('later', { deadlineMs: 4_000 }))).toEqual({ UNAVAILABLE: 1 });
      control.put(service(7, 'a.test', [route(7, '/', [toOne()])], { name: 'later' }));
      await served('later', { one: 20 });
      control.put(service(7, 'a.test', [route(7, '/', [toOne()])], { name: 'renamed' }));
      await served('later', { UNAVAILABLE: 20 });
      await served('renamed', { one: 20 });
      control.remove(7);
      await served('renamed', { UNAVAILABLE: 20 });
    });

    it('fails no call when a route is replaced, or its upstreams are others at once', async () => {
      control.put(service(8, 'a.test', [route(81, '/', [toOne()])], { name: 'replaced' }));
      await served('replaced', { one: 20 });
      const calling = keepCalling('replaced');
      for (let turn = 0; turn < 10; turn += 1) {
        control.put(service(8, 'a.test', [route(82 + turn, '/', [turn % 2 ? toOne() : toTwo()])], { name: 'replaced' }));
        await sleep(60);
      }
      const answers = (await calling.stop()).filter((answer) => !('details' in answer && flaw && answer.details.includes(flaw)));
      const { one: toFirst = 0, two: toSecond = 0, ...failed } = tally(answers);
      expect(failed).toEqual({});
      expect(Math.min(toFirst, toSecond)).toBeGreaterThan(0);
    });

    it('fails no call when the control plane restarts, and follows changes after that', async () => {
      control.put(service(9, 'a.test', [route(9, '/', [toOne()])], { name: 'steady' }));
      await served('steady', { one: 20 });
      const calling = keepCalling('steady');
      await control.restart();
      control.put(service(9, 'a.test', [route(9, '/', [toTwo()])], { name: 'steady' }));
      await eventually(() => expect(calling.answers.at(-1)).toEqual({ server: 'two' }));
      expect(Object.keys(tally(await calling.stop())).sort()).toEqual(['one', 'two']);
    });
  });
}
