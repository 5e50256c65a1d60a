import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        // The web app's own tsconfig extends one that is generated when it is built; tests don't need it.
        tsconfig: 'tsconfig.json',
        test: {
          name: 'unit',
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
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
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
