import type { Page } from 'playwright-core';
import type { AdminServer } from '../../src/admin';
import { startAdmin } from '../../src/admin';
import { createGraphQL } from '../../src/graphql';
import { createRest } from '../../src/rest';
import type { Fixture } from '../graphql/database';
import { gatewayFixture, log } from '../graphql/database';
import type { Browser } from '../support/browser';
import { openBrowser } from '../support/browser';

const SECRET = 's3cret';
let gateway: Fixture;
let admin: AdminServer;
let browser: Browser;
beforeAll(async () => {
  gateway = await gatewayFixture();
  const { pool, schemas } = gateway;
  const graphql = await createGraphQL({ pool, schemas, adminSecret: SECRET, pollMs: 200, maxBodyBytes: 100_000, log });
  const rest = createRest({ graphql: gateway.engine, maxBodyBytes: 1000, log });
  const settings = {
    admin: { host: '127.0.0.1', port: 0, secret: SECRET, maxBodyBytes: 100_000 },
    graphql: { allowedOrigins: undefined },
  };
  admin = await startAdmin({ settings, graphql, rest, log });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await admin.stop();
  await gateway.drop();
});

/** A page as a person sees it who was asked for the password and gave it, and what the browser had to say of it. */
async function open(path: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await browser.context.setHTTPCredentials({ username: 'anybody', password: SECRET });
  await page.goto(`http://127.0.0.1:${admin.port}${path}`);
  return { page, complaints };
}

test.each([
  ['a query', '{ saaras_db_proxy(order_by: {proxy_id: asc}) { proxy_name } }'],
  ['a subscription', 'subscription { saaras_db_proxy { proxy_name } }'],
])('GraphiQL asks for the secret as a password, and runs %s within what it may load and call', async (_, query) => {
  const { page, complaints } = await open(`/graphiql?query=${encodeURIComponent(query)}`);
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool .CodeMirror textarea').last().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`{"x-hasura-admin-secret": "${SECRET}"}`);
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('.result-window')?.innerText.includes('"idle"'),
    undefined,
    {
      timeout: 20_000,
    },
  );
  expect(complaints).toEqual([]);
  await page.close();
});

test('the list of REST calls is shown as it is meant to be', async () => {
  const { page, complaints } = await open('/swagger/index.html');
  expect(await page.locator('h1').innerText()).toBe('REST API');
  expect(await page.locator('table').evaluate((table) => getComputedStyle(table).borderCollapse)).toBe('collapse');
  expect(complaints).toEqual([]);
  await page.close();
});

test('a page may load nothing from elsewhere, and stand in no frame', async () => {
  const { page } = await open('/swagger/index.html');
  const outcome = await page.evaluate(async () => {
    const blocked: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
    await fetch('http://127.0.0.1:1/').catch(() => undefined);
    document.body.append(Object.assign(document.createElement('iframe'), { src: location.href }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    return blocked;
  });
  expect(outcome).toContain('connect-src');
  expect(outcome.some((directive) => /frame-src|child-src|default-src|frame-ancestors/.test(directive))).toBe(true);
  await page.close();
});
