import shipped from '@sparticuz/chromium';
import { playwright } from '@vitest/browser-playwright';
import type { BrowserProviderOption } from 'vitest/node';

/** With these a second page would bring the browser down. */
const HARMFUL = new Set(['--single-process', '--no-zygote']);

/** The browser that came with the packages, for tests of components. */
export async function componentBrowser(): Promise<BrowserProviderOption> {
  return playwright({
    launchOptions: {
      executablePath: await shipped.executablePath(),
      args: shipped.args.filter((arg) => !HARMFUL.has(arg) && !arg.startsWith('--headless')),
    },
  });
}
