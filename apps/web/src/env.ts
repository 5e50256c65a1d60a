import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({
  CASEBOOK_API: {
    description: 'Where the API answers; the same process and port where absent.',
    schema: (value) => value?.replace(/\/$/, ''),
  },
  PORT: {
    description: 'The port that this process listens on.',
    schema: (value) => value ?? '3000',
  },
  CASEBOOK_SECRET: {
    description:
      'Shared with the API: seals the address of a person’s device. Without it all people count as one.',
    schema: (value) => value,
  },
});
