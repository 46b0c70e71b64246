import path from 'node:path';
import { ProxyConfig } from '../../../src/xds/config';
import { expectGolden } from '../../support/golden';
import { whole } from '../../support/models';
import { CASES } from './cases';
import { readableConfig } from './readable';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 443, proxyName: 'gw' };

it.each(CASES)('translates $name as in its golden file', ({ name, model, listeners = false }) => {
  const config = new ProxyConfig(model.name, OPTIONS);
  config.apply(whole(model));
  expectGolden(path.join(__dirname, 'golden', `${name}.json`), {
    model: { ...model, services: [...model.services.values()] },
    resources: readableConfig(config, { listeners }),
  });
});
