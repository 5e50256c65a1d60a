import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { componentBrowser } from './test/support/component-browser.ts';

export default defineConfig({
  test: {
    projects: [
      {
        // The web app's own tsconfig extends one that is generated when it is built; tests don't need it.
        tsconfig: 'tsconfig.json',
        test: {
          name: 'unit',
          // Property tests are many small runs; a loaded machine takes its time.
          testTimeout: 60_000,
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/task-types/**/*.test.ts',
            'apps/{api,cli,web}/src/**/*.test.ts',
            'prisma/**/*.test.ts',
          ],
          // Tests that need a browser are named for it and belong to the project of that name.
          exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
        },
      },
      {
        plugins: [svelte()],
        tsconfig: 'tsconfig.json',
        optimizeDeps: { include: ['svelte', 'zod', 'idb', 'axe-core', 'vitest-browser-svelte'] },
        test: {
          name: 'browser',
          include: ['packages/task-types/**/*.browser.test.ts', 'apps/web/src/**/*.browser.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 860 },
            provider: await componentBrowser(),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts', 'test/deployment/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
