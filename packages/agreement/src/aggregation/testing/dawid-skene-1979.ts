import { type Answer, collectAnswers } from '../answers.ts';

/**
 * Dawid & Skene 1979, table 1: 45 patients, graded 1 to 4 for fitness for anaesthesia; three answers of the first
 * observer, then one of each of the other four.
 */
const PATIENTS = [
  '111 1111',
  '333 4334',
  '112 2122',
  '222 3121',
  '222 3222',
  '222 3322',
  '112 2111',
  '333 3433',
  '222 2223',
  '232 2223',
  '444 4444',
  '222 3343',
  '111 1111',
  '222 3212',
  '121 1111',
  '111 2111',
  '111 1111',
  '111 1111',
  '222 2221',
  '222 1322',
  '222 2222',
  '222 2221',
  '222 3222',
  '221 2222',
  '111 1111',
  '111 1111',
  '232 2222',
  '111 1111',
  '111 1111',
  '112 1121',
  '111 1111',
  '333 3233',
  '111 1111',
  '222 2222',
  '222 3232',
  '433 4343',
  '221 2232',
  '232 3233',
  '333 3432',
  '111 1111',
  '111 1111',
  '121 2111',
  '232 2222',
  '121 1111',
  '222 2222',
];

export const anaesthetists = collectAnswers(
  PATIENTS.flatMap((row, patient) =>
    Array.from(row.replace(' ', ''), (grade, place): Answer => ({
      unit: `patient ${patient + 1}`,
      coder: `observer ${Math.max(1, place - 1)}`,
      label: grade,
    })),
  ),
);
