import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import shipped from '@sparticuz/chromium';
import { chromium } from 'playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { eventually } from './collections.ts';

/** With the first two a second page would bring the browser down; the others open what browsers keep shut. */
const HARMFUL = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]);
/** A loaded machine is slow; nothing here measures time. */
export const PATIENCE = 60_000;

const args = shipped.args.filter((arg) => !HARMFUL.has(arg));

/** A headless browser that came with the packages. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await shipped.executablePath(),
    args,
    headless: true,
    timeout: 2 * PATIENCE,
  });
}

/** Somebody's own window: nothing is shared with others of the same browser. */
export async function newVisitor(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  return ownPage(context);
}

export async function ownPage(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(PATIENCE);
  return context.newPage();
}

/** Waits until the page answers to keys and clicks, not only shows itself. */
export async function untilAlive(page: Page): Promise<void> {
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}

export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await untilAlive(page);
}

/**
 * Until the work page, and what it asks for when it starts, lie on the device. Asked again and again from here:
 * Playwright's `waitForFunction` takes a promise for its being fulfilled.
 */
export async function untilPageKept(page: Page): Promise<void> {
  await eventually(
    () => page.evaluate(async () => (await (await caches.open('casebook-pages')).keys()).length),
    (kept) => kept === 2,
  );
}

/** A browser that keeps what it knows in a folder, and can be killed and started again over it. */
export class KillableBrowser {
  readonly #folder: string;
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;
  #browser: Browser | undefined;

  private constructor(folder: string, options: readonly string[]) {
    this.#folder = folder;
    this.#options = options;
  }

  static async make(options: readonly string[] = []): Promise<KillableBrowser> {
    return new KillableBrowser(await mkdtemp(join(tmpdir(), 'casebook-browser-')), options);
  }

  /** Starts it, and gives the one window that shares the folder. */
  async start(): Promise<BrowserContext> {
    const portFile = join(this.#folder, 'DevToolsActivePort');
    await rm(portFile, { force: true });
    const child = spawn(
      await shipped.executablePath(),
      [
        ...args.filter((arg) => !/^--(?:user-data-dir|disk-cache-dir|data-path|incognito)/u.test(arg)),
        ...this.#options,
        '--headless',
        '--remote-debugging-port=0',
        `--user-data-dir=${this.#folder}`,
        'about:blank',
      ],
      { stdio: 'ignore' },
    );
    this.#child = child;
    const port = await devToolsPort(portFile, child);
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 2 * PATIENCE });
    const context = this.#browser.contexts()[0];
    if (context === undefined) throw new Error('the browser has no window');
    return context;
  }

  /** As a crash or a power cut would end it: no page and no file is told. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As closing the window ends it. */
  async close(): Promise<void> {
    const session = await this.#browser?.newBrowserCDPSession();
    await session?.send('Browser.close').catch(() => undefined);
    await this.#end(undefined);
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  async #end(signal: 'SIGKILL' | undefined): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'close');
    if (signal !== undefined) child.kill(signal);
    await over;
    await this.#browser?.close().catch(() => undefined);
  }
}

async function devToolsPort(file: string, child: ChildProcess): Promise<string> {
  for (let tried = 0; tried < 1_200; tried += 1) {
    const port = await readFile(file, 'utf8').then(
      (text) => text.split('\n')[0] ?? '',
      () => '',
    );
    if (port !== '') return port;
    if (child.exitCode !== null) throw new Error('the browser ended before it was open');
    await sleep(100);
  }
  throw new Error('the browser did not open');
}
