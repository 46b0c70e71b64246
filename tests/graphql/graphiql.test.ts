import type { Page } from 'playwright-core';
import { createGraphQL } from '../../src/graphql';
import type { Browser } from '../support/browser';
import { openBrowser } from '../support/browser';
import type { Fixture } from './database';
import { log, shopFixture } from './database';
import type { Served } from './served';
import { serve } from './served';

let shop: Fixture;
let served: Served;
let browser: Browser;
beforeAll(async () => {
  shop = await shopFixture();
  const options = { pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 100_000, adminSecret: 's3cret', pollMs: 200, log };
  served = await serve(await createGraphQL(options));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await shop.drop();
});

/** GraphiQL with a query and headers in its editors, as they stand in its URL. */
async function open(query: string): Promise<{ page: Page; outside: string[] }> {
  const page = await browser.context.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url) && !request.url().startsWith('data:')) outside.push(request.url());
  });
  await page.goto(`${served.url}/graphiql?query=${encodeURIComponent(query)}`);
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool .CodeMirror textarea').last().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{"x-hasura-admin-secret": "s3cret"}');
  await page.getByRole('button', { name: /Execute query/ }).click();
  return { page, outside };
}

const answerOf = (page: Page) => page.locator('.result-window').innerText();

async function until(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLElement>('.result-window')?.innerText.includes(wanted),
    text,
    { timeout: 20_000 },
  );
}

test('runs a query in a browser, and loads nothing from elsewhere', async () => {
  const { page, outside } = await open('{ shop_author_by_pk(id: 1) { name } }');
  await until(page, '"Ann"');
  expect(await answerOf(page)).toContain('shop_author_by_pk');
  expect(outside).toEqual([]);
  await page.close();
});

test('shows a subscription as it changes', async () => {
  const { page } = await open('subscription { note { text } }');
  await until(page, '"note"');
  await shop.pool.query(`UPDATE note SET text = 'changed'`);
  await until(page, '"changed"');
  await page.close();
});
