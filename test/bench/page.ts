import { routes } from '@casebook/contracts';
import { launchBrowser, newVisitor } from '../support/browser.ts';
import { setUp, startProduct } from '../support/product.ts';
import { joinAs } from '../support/people.ts';

const ANSWERS = 40;

/**
 * The expert's page in a real browser: bytes of script, time to the first answerable question, and from a key to
 * the next question being drawn. The machine's own load is in the figures; run it when nothing else runs.
 */
export async function run(): Promise<void> {
  const product = await startProduct();
  const browser = await launchBrowser();
  try {
    const admin = await setUp(product);
    const project = (await admin.must(routes.projects))[0];
    if (project === undefined) throw new Error('there is no sample project');
    const tasks = await admin.must(routes.tasks, { params: { projectId: project.id } });
    const coder = await joinAs(product, admin, project.id, 'coder@example.org', 'annotator');
    for (const task of tasks) {
      const page = await newVisitor(browser);
      const [name, value] = (coder.cookie ?? '').split('=');
      await page.context().addCookies([{ name: name ?? '', value: value ?? '', url: product.address }]);
      const network = await page.context().newCDPSession(page);
      await network.send('Network.enable');
      const scripts = new Set<string>();
      let bytes = 0;
      network.on('Network.responseReceived', ({ requestId, type }) => {
        if (type === 'Script') scripts.add(requestId);
      });
      network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (scripts.has(requestId)) bytes += encodedDataLength;
      });
      const asked = performance.now();
      await page.goto(`${product.address}/work/${project.id}/${task.id}`);
      // What the first answer's key is printed on.
      const answerable =
        task.type === 'coreference'
          ? page.locator('kbd', { hasText: 'N' })
          : page.getByRole('button', { name: '3', exact: true });
      await answerable.first().waitFor();
      const first = performance.now() - asked;
      await page.waitForLoadState('networkidle');
      const key = task.type === 'coreference' ? 'n' : '3';
      const times = await page.evaluate(
        async ({ answers, key }) => {
          // The bar counts what is done, so that two questions with the same words are told apart.
          const question = () =>
            document.querySelector('[role="progressbar"], progress')?.parentElement?.textContent ?? '';
          const measured: number[] = [];
          for (let index = 0; index < answers; index += 1) {
            const before = question();
            if (before === '') break;
            const start = performance.now();
            window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            while (question() === before && performance.now() - start < 5_000)
              await new Promise((resolve) => requestAnimationFrame(resolve));
            if (question() === before) break;
            // The frame that shows it has been handed over once another one begins.
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            measured.push(performance.now() - start);
          }
          return measured.sort((one, other) => one - other);
        },
        { answers: ANSWERS, key },
      );
      const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? Number.NaN).toFixed(1);
      process.stdout.write(
        `${task.type}: ${(bytes / 1000).toFixed(1)} kB of script compressed; first question after ${first.toFixed(0)} ms; answer to next question p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (n = ${String(times.length)})\n`,
      );
      await page.close();
    }
  } finally {
    await browser.close();
    await product.stop();
  }
}
