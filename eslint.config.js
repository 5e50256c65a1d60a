import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** Which workspace may import which: DESIGN's directions, as lint rules. */
const DIRECTIONS = [
  { files: ['packages/agreement/**'], allowed: [] },
  { files: ['packages/contracts/**'], allowed: [] },
  { files: ['packages/corpora/**'], allowed: ['contracts'] },
  { files: ['packages/ui/**'], allowed: [] },
  {
    files: ['packages/task-types/**/web/**', 'packages/task-types/web-registry.ts'],
    allowed: ['agreement', 'contracts', 'corpora', 'ui'],
  },
  {
    files: ['packages/task-types/**'],
    ignores: ['packages/task-types/**/web/**', 'packages/task-types/web-registry.ts'],
    allowed: ['agreement', 'contracts', 'corpora'],
  },
  {
    files: ['apps/api/**'],
    allowed: ['agreement', 'contracts', 'corpora', 'task-types/contract', 'task-types/server'],
  },
  {
    files: ['apps/web/**'],
    allowed: ['agreement', 'contracts', 'corpora', 'ui', 'task-types/contract', 'task-types/web'],
  },
  {
    files: ['apps/cli/**'],
    allowed: [
      'agreement',
      'contracts',
      'corpora',
      'task-types/contract',
      'task-types/server',
      'api/commands',
    ],
  },
];

const ROOMS = [
  'agreement',
  'contracts',
  'corpora',
  'ui',
  'task-types/contract',
  'task-types/server',
  'task-types/web',
  'api/commands',
  'api/server',
  'api/app',
  'web',
  'cli',
];

function directionRule({ files, ignores, allowed }) {
  const forbidden = ROOMS.filter((room) => !allowed.includes(room));
  return {
    files,
    ...(ignores === undefined ? {} : { ignores }),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbidden.flatMap((room) => [`@casebook/${room}`, `@casebook/${room}/*`]),
              message: 'This workspace may not look in that direction; see ARCHITECTURE.md.',
            },
            { group: ['**/packages/*', '**/apps/*'], message: 'Import workspaces by name.' },
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/build/**',
      '**/dist/**',
      '**/generated/**',
      '**/.svelte-kit/**',
      '.casebook/**',
      '**/static/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.config.js'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-properties': [
        'error',
        { property: '$queryRawUnsafe', message: 'Use a tagged $queryRaw.' },
        { property: '$executeRawUnsafe', message: 'Use a tagged $executeRaw.' },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    // The app is served at the root of its origin, so addresses need no base path before them.
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  ...DIRECTIONS.map(directionRule),
  {
    files: ['apps/api/src/**'],
    ignores: [
      'apps/api/src/**/repository.ts',
      'apps/api/src/**/*.test.ts',
      'apps/api/src/database.ts',
      'apps/api/src/database/**',
    ],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [],
          patterns: [
            {
              group: ['**/generated/*', '@prisma/client', '@prisma/client/*', '@prisma/adapter-pg', 'pg'],
              message: 'Only a repository talks to the database.',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
);
