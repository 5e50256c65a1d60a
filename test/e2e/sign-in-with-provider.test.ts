import { routes, streams } from '@casebook/contracts';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/api-process.ts';
import { launchBrowser, newVisitor, open } from '../support/browser.ts';
import type { TestClient } from '../support/client.ts';
import { startTestProvider } from '../support/openid-provider.ts';
import type { TestProvider } from '../support/openid-provider.ts';
import { makeProject } from '../support/people.ts';
import { setUp, startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';

let provider: TestProvider;
let product: Product;
let browser: Browser;
let admin: TestClient;

beforeAll(async () => {
  const [port, providerPort] = [await freePort(), await freePort()];
  const returnTo = `http://127.0.0.1:${String(port)}/api/v1${streams.signedIn}`;
  provider = await startTestProvider(providerPort, returnTo);
  product = await startProduct({
    PORT: String(port),
    CASEBOOK_ORIGIN: `http://127.0.0.1:${String(port)}`,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_NAME: 'the University',
  });
  admin = await setUp(product);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  await provider.stop();
});

describe('with the provider of their organisation', () => {
  it('an invited person accepts, is at their desk, and logs in again later', async () => {
    provider.people.set('mina', { email: 'mina@example.org', email_verified: true, name: 'Mina Harker' });
    const projectId = await makeProject(admin);
    const { link } = await admin.must(routes.invite, {
      params: { projectId },
      body: { email: 'mina@example.org', role: 'annotator' },
    });
    const page = await newVisitor(browser);
    await open(page, link);
    await page.getByRole('link', { name: 'Accept with the University' }).click();
    await page.getByPlaceholder('Enter any login').fill('mina');
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByText('Good to see you, Mina').waitFor();

    await page.context().clearCookies({ name: 'casebook' });
    await open(page, `${product.address}/login?next=/account`);
    await page.getByRole('link', { name: 'Log in with the University' }).click();
    await page.getByRole('heading', { name: 'Mina Harker' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/account');
  });

  it('somebody whom nobody invited is told so, in a sentence', async () => {
    provider.people.set('renfield', { email: 'renfield@example.org', email_verified: true });
    const page = await newVisitor(browser);
    await open(page, `${product.address}/login`);
    await page.getByRole('link', { name: 'Log in with the University' }).click();
    await page.getByPlaceholder('Enter any login').fill('renfield');
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByText('No account goes by this address.').waitFor();
    await page.getByLabel('Password').waitFor();
  });
});
