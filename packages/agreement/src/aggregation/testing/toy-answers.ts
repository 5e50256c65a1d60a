import { collectAnswers } from '../answers.ts';

/**
 * The example of crowd-kit's documentation: five coders, five units, yes or no; coder 3 left out the first.
 * What is right is yes, yes, no, yes, no.
 */
const CODERS = ['nyyyy', 'yynyn', '-ynyn', 'ynyyn', 'nnnyn'];

export const toyAnswers = collectAnswers(
  CODERS.flatMap((answers, coder) =>
    Array.from(answers, (answer, unit) => ({
      unit: `t${unit + 1}`,
      coder: `w${coder + 1}`,
      label: answer === 'y' ? 'yes' : answer === 'n' ? 'no' : '',
    })).filter(({ label }) => label !== ''),
  ),
);

export const toyGold = new Map([
  ['t1', 'yes'],
  ['t2', 'yes'],
  ['t3', 'no'],
  ['t4', 'yes'],
  ['t5', 'no'],
]);
