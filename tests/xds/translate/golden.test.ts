import path from 'node:path';
import { Translator } from '../../../src/xds';
import { expectGolden } from '../../support/golden';
import { CASES } from './cases';
import { readableSnapshot } from './readable';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 443, proxyName: 'gw' };

it.each(CASES)('translates $name as in its golden file', ({ name, model, listeners = false }) => {
  const snapshot = new Translator(OPTIONS).translate(model);
  expectGolden(path.join(__dirname, 'golden', `${name}.json`), { model, resources: readableSnapshot(snapshot, { listeners }) });
});
