import type { StatedFigure } from '@casebook/agreement';
import { textTable } from '../tables/text-table.ts';
import { figureText, isNumber } from './figure-text.ts';
import type { WordsimSanity } from './sanity.ts';

/** The sanity check for people to read. */
export function sanityText(report: WordsimSanity): string {
  return [
    headText(report),
    report.method === 'corrected' ? correctedText(report) : publishedText(report),
    verdictText(report),
    landscapeText(report),
    `\nseed ${report.seed}, ${report.draws} draws\n`,
  ].join('');
}

function headText({
  gold,
  vectors,
  pairs,
  covered,
  words,
  dimensions,
  rms,
  rho0,
  family,
  method,
  goldIs,
}: WordsimSanity): string {
  return [
    `gold     ${gold.file} (${goldIs})  sha256 ${gold.sha256.slice(0, 16)}…\n`,
    `vectors  ${vectors.file}  sha256 ${vectors.sha256.slice(0, 16)}…\n`,
    `covered  ${covered} of ${pairs} pairs; ${words} words of ${dimensions} dimensions, rms component ${rms.toFixed(4)}\n`,
    `ρ₀       ${figureText(rho0)}\n`,
    `check    ${method === 'corrected' ? `corrected, ${family}` : 'as published by Batchkarov et al. 2016'}\n\n`,
  ].join('');
}

function cell(figure: StatedFigure, digits = 4): string {
  return isNumber(figure) ? (figure < 0.00005 && figure > 0 ? '< .0001' : figure.toFixed(digits)) : '–';
}

function correctedText({ levels, resolution, family }: WordsimSanity): string {
  const rows = levels.map(({ n, nOverRms, mean, sdDraws, low, high, p, pHolm, ...more }) => [
    n.toFixed(2),
    cell(nOverRms, 2),
    cell(mean),
    cell(sdDraws),
    typeof more['sdPairs'] === 'number' ? more['sdPairs'].toFixed(4) : '–',
    `${cell(low, 3)} to ${cell(high, 3)}`,
    cell(p),
    cell(pHolm),
    typeof more['power'] === 'number' ? more['power'].toFixed(2) : '–',
  ]);
  const what = family === 'uniform' || family === 'gaussian' ? 'n' : 'share';
  const found =
    'n' in resolution
      ? `resolution: the smallest damage found${resolution.power === null ? '' : ' with power .8'} is ${what} ${resolution.n.toFixed(2)}${
          resolution.nOverRms === null ? '' : `, ${resolution.nOverRms.toFixed(2)} rms`
        }${resolution.power === null ? ' (the damage is no matter of chance: found or not)' : ` (power ${resolution.power.toFixed(2)})`}\n`
      : `resolution: ${resolution.reason}\n`;
  return `${textTable([what, 'n/rms', 'mean ρ', 'sd draws', 'sd pairs', '95 % of draws', 'p', 'p, Holm', 'power'], rows)}\n${found}p is two-sided, Williams at the means over draws; power is the share of draws whose loss a one-sided\ntest finds at .05. This is a resolution, not a verdict: no dataset passes or fails it.\n`;
}

function publishedText({ levels, originalVerdict }: WordsimSanity): string {
  const point = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return ['–', '–'];
    const { mean, low, high } = value as Readonly<Record<string, unknown>>;
    const shown = (figure: unknown, digits: number): string =>
      typeof figure === 'number' ? figure.toFixed(digits) : '–';
    return [shown(mean, 4), `${shown(low, 3)} to ${shown(high, 3)}`];
  };
  const rows = levels.map((level) => [
    level.n.toFixed(2),
    ...point(level['relaxed']),
    ...point(level['strict']),
  ]);
  const rises = (where: readonly number[] | undefined): string =>
    where === undefined || where.length === 0
      ? 'never rises: “pass”'
      : `rises at n = ${where.join(', ')}: “fail”`;
  return `${textTable(['n', 'relaxed', '68 % band', 'strict', '68 % band'], rows)}\nby the published criterion the relaxed curve ${rises(originalVerdict.thisRun?.relaxed)};\nthe strict curve ${rises(originalVerdict.thisRun?.strict)}\n`;
}

function verdictText({ originalVerdict, covered, sameSizeBaseline }: WordsimSanity): string {
  const { probabilityOfFailing, probabilityOfFailingUpToOne, runs, se, byScale, bySize } = originalVerdict;
  const lines = [
    `\nThe published verdict (any rise of ρ, one draw a level) over ${runs} runs:\n`,
    `  fails with probability ${figureText(probabilityOfFailing, 3)}${se === null ? '' : ` (se ${se.toFixed(3)})`}; up to n = 1 ${figureText(probabilityOfFailingUpToOne, 3)}\n`,
    ...byScale.map(
      ({ scale, probabilityOfFailing: own, probabilityOfFailingUpToOne: early }) =>
        `  the same vectors times ${scale}: ${figureText(own, 3)}; up to n = 1 ${figureText(early, 3)}\n`,
    ),
    ...bySize.map((own) =>
      own.kind === 'undefined'
        ? ''
        : `  random subsets of ${own.pairs} pairs: ${figureText(own.probabilityOfFailing.value ?? { value: null, reason: '' }, 3)}; up to n = 1 ${figureText(own.probabilityOfFailingUpToOne.value ?? { value: null, reason: '' }, 3)}; resolution ${
            'n' in own.resolution ? `n ${own.resolution.n.toFixed(2)}` : 'beyond the grid'
          }\n`,
    ),
  ];
  if (!('kind' in sameSizeBaseline)) lines.push(`  same-size baseline: ${sameSizeBaseline.reason}\n`);
  else if (sameSizeBaseline.kind === 'undefined')
    lines.push(`  same-size baseline: ${sameSizeBaseline.reason}\n`);
  else {
    const {
      file,
      probabilityOfFailing: own,
      probabilityOfFailingUpToOne: early,
      resolution,
    } = sameSizeBaseline;
    lines.push(
      `  random ${covered} pairs of ${file.file}: ${own.value?.toFixed(3) ?? '–'}; up to n = 1 ${early.value?.toFixed(3) ?? '–'}; resolution ${'n' in resolution ? `n ${resolution.n.toFixed(2)}` : 'beyond the grid'}\n`,
    );
  }
  return lines.join('');
}

function landscapeText({ landscape }: WordsimSanity): string {
  if (landscape === undefined) return '';
  const { smooth, abrupt } = landscape;
  const table = (own: typeof smooth): string =>
    textTable(
      ['rms', ...own.amounts.map((amount) => amount.toFixed(1))],
      own.rho.map((row, at) => [
        (own.amounts[at] ?? 0).toFixed(1),
        ...row.map((value) => value?.toFixed(2) ?? '–'),
      ]),
    );
  return `\nρ over two random directions (steps in rms), largest step between neighbours ${smooth.roughness.toFixed(3)}\n${table(smooth)}\nthe same with the largest 20 % of components kept, largest step ${abrupt.roughness.toFixed(3)}\n${table(abrupt)}`;
}
