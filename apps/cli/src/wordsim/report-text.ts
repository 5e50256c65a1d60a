import type { StatedFigure, ReliabilityFigures } from '@casebook/agreement';
import { shortTable, textTable } from '../tables/text-table.ts';
import { figureText, isNumber } from './figure-text.ts';
import type { WordsimReport } from './report.ts';

/** The report for people to read. */
export function reportText(report: WordsimReport): string {
  return [
    headText(report),
    lintText(report),
    section('Where gold comes from', provenanceText(report)),
    section('Reliability', reliabilityText(report)),
    section('Ceiling', ceilingText(report)),
    section('Resolution', resolutionText(report)),
    section('If raters were left out (nothing was)', exclusionText(report)),
    report.model === undefined ? '' : section('The model against this dataset', modelText(report.model)),
    `\nseed ${report.seed}\n`,
  ].join('');
}

function section(title: string, body: string): string {
  return `\n${title}\n${'─'.repeat(title.length)}\n${body}`;
}

function headText({
  files,
  pairs,
  raters,
  ratings,
  columnsArePersons,
  columnsBecause,
  scale,
  checks,
}: WordsimReport): string {
  const scaleText =
    scale !== null && 'low' in scale ? `scale    ${scale.low} to ${scale.high} (${scale.is})\n` : '';
  return [
    ...files.map(({ file, sha256 }) => `file     ${file}  sha256 ${sha256.slice(0, 16)}…\n`),
    `pairs    ${pairs.toLocaleString('en')}\n`,
    `raters   ${raters} ${columnsArePersons ? '' : raters === 0 ? '' : 'columns '}${ratings === 0 ? '(gold only, no ratings)' : `(${ratings.toLocaleString('en')} ratings)`}\n`,
    ratings === 0
      ? ''
      : `columns  ${columnsArePersons ? 'are persons' : 'are not persons'}: ${columnsBecause}\n`,
    scaleText,
    checks === undefined || checks.rows === 0
      ? ''
      : `checks   ${checks.rows.toLocaleString('en')} rows are attention checks and no ratings (${checks.what})\n`,
  ].join('');
}

const MOST_FINDINGS = 25;

function lintText({ lint }: WordsimReport): string {
  if (lint.length === 0) return section('Lint', 'nothing found\n');
  const lines = lint.slice(0, MOST_FINDINGS).map(({ severity, rule, rows, message }) => {
    const where =
      rows.length === 0
        ? ''
        : ` [line${rows.length === 1 ? '' : 's'} ${rows.slice(0, 6).join(', ')}${rows.length > 6 ? ', …' : ''}]`;
    return `${severity.toUpperCase().padEnd(7)}  ${rule}: ${message}${where}\n`;
  });
  const more = lint.length - MOST_FINDINGS;
  return section('Lint', lines.join('') + (more > 0 ? `… and ${more} more; --json gives all\n` : ''));
}

function provenanceText({ provenance }: WordsimReport): string {
  if ('value' in provenance) return `unknown: ${provenance.reason}\n`;
  const { summary, candidates, spearmanWithMean, differing } = provenance;
  const table = textTable(
    ['rule', 'share', 'largest difference'],
    candidates.map(({ rule, share, largestDifference }) => [rule, share, largestDifference]),
  );
  const farthest = differing
    .slice(0, 8)
    .map(
      ({ word1, word2, row, gold, recomputed }) =>
        `  line ${row}: ${word1}–${word2} has gold ${gold}, recomputed ${recomputed.toFixed(3)}\n`,
    )
    .join('');
  return `${summary}\nSpearman of gold with the mean rating: ${spearmanWithMean?.toFixed(4) ?? 'undefined'}\n${table}${
    differing.length === 0 || provenance.rule === null
      ? ''
      : `do not recompute (${differing.length}):\n${farthest}`
  }`;
}

function reliabilityText({ reliability }: WordsimReport): string {
  if ('value' in reliability) return `undefined: ${reliability.reason}\n`;
  const own = reliability;
  const rows: [string, StatedFigure, string][] = [
    ['mean pairwise Spearman (APIAA)', own.apiaa.spearman, intervalsText(own, 'apiaa', 'spearman')],
    ['mean pairwise Pearson', own.apiaa.pearson, intervalsText(own, 'apiaa', 'pearson')],
    ['leave-one-out Spearman (AMIAA)', own.amiaa.spearman, intervalsText(own, 'amiaa', 'spearman')],
    ['leave-one-out Pearson', own.amiaa.pearson, intervalsText(own, 'amiaa', 'pearson')],
    ['alpha, interval', own.alpha.interval, bothText(own.alpha.ci)],
    ['alpha, ordinal', own.alpha.ordinal, ''],
    ...['icc1', 'icc1k', 'icc21', 'icc2k', 'icc31', 'icc3k'].map((form): [string, StatedFigure, string] => [
      form.replace(
        /^icc(\d)(.)?$/u,
        (_, type: string, unit: string | undefined) => `ICC(${type},${unit ?? '1'})`,
      ),
      figureIn(own.icc[form]),
      rangeText(isRecord(own.icc['ci']) ? own.icc['ci'][form] : null),
    ]),
    ['split half, Pearson', figureIn(own.splitHalf['pearson']), splitText(own)],
    [
      '… stepped up (Spearman–Brown)',
      figureIn(own.splitHalf['spearmanBrown']),
      overPairsText(own.splitHalf['ci']),
    ],
  ];
  const shown = rows.map(([name, figure, interval]) =>
    isNumber(figure) ? [name, figure.toFixed(4), interval] : [name, 'undefined', figure.reason],
  );
  const other = own.ifColumnsWerePersons;
  return (
    textTable(['', '', '95 % interval'], shown) +
    (other === null
      ? ''
      : `taken for persons, as the literature does: APIAA ${figureText(other.apiaa.spearman)}, AMIAA ${figureText(other.amiaa.spearman)} (not meaningful here)\n`)
  );
}

function splitText({ splitHalf }: ReliabilityFigures): string {
  if (typeof splitHalf['splits'] !== 'number') return '';
  return `${splitHalf['splits'].toLocaleString('en')} split${splitHalf['splits'] === 1 ? '' : 's'} of ${String(splitHalf['of'])}, ${splitHalf['exact'] === true ? 'all there are' : 'drawn'}`;
}

function intervalsText(
  reliability: ReliabilityFigures,
  measure: 'apiaa' | 'amiaa',
  correlation: 'spearman' | 'pearson',
): string {
  const { ci } = reliability[measure];
  return isRecord(ci) ? bothText(ci[correlation]) : '';
}

function overPairsText(ci: unknown): string {
  const range = rangeText(ci);
  return range === '' ? '' : `${range} over pairs`;
}

function bothText(own: unknown): string {
  if (!isRecord(own)) return '';
  const over = rangeText(own['overPairs']);
  const both = rangeText(own['overRatersAndPairs']);
  return [over === '' ? '' : `${over} over pairs`, both === '' ? '' : `${both} over raters and pairs`]
    .filter((part) => part !== '')
    .join('; ');
}

function rangeText(ci: unknown): string {
  return isRecord(ci) && typeof ci['low'] === 'number' && typeof ci['high'] === 'number'
    ? `${ci['low'].toFixed(3)} to ${ci['high'].toFixed(3)}`
    : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function figureIn(value: unknown): StatedFigure {
  if (typeof value === 'number') return value;
  return { value: null, reason: isRecord(value) ? String(value['reason']) : 'not computed' };
}

function ceilingText({ ceiling, pairs }: WordsimReport): string {
  if (!('perPair' in ceiling)) return `undefined: ${ceiling.reason}\n`;
  const { value, bounds, leaveOneOut, resolvedOrderings, medianRankWidth, meanStandardError } = ceiling;
  const contested = ceiling.bimodal
    .slice(0, 6)
    .map(({ word1, word2 }) => `${word1}–${word2}`)
    .join(', ');
  return [
    `√reliability of the mean  ${figureText(value)}\n  ${bounds}\n`,
    `leave-one-out Spearman    ${figureText(leaveOneOut.spearman)}\n  ${leaveOneOut.bounds}\n`,
    isNumber(resolvedOrderings)
      ? `${(100 * resolvedOrderings).toFixed(1)} % of all orderings of two pairs are resolved at 95 %\n`
      : `orderings: undefined (${resolvedOrderings.reason})\n`,
    isNumber(medianRankWidth)
      ? `the rank of the usual pair is known within ${medianRankWidth} of ${pairs.toLocaleString('en')} ranks; mean standard error ${figureText(meanStandardError, 3)}${ceiling.standardErrors === 'pooled' ? ' (pooled over pairs, as few ratings stand behind each)' : ''}\n`
      : '',
    ceiling.bimodal.length === 0
      ? ''
      : `opinion is split on ${ceiling.bimodal.length} pairs: ${contested}${ceiling.bimodal.length > 6 ? ', …' : ''}\n`,
  ].join('');
}

function resolutionText({ resolution }: WordsimReport): string {
  const { minimumRequiredDifference: mrd, power, pairsFor, ratersFor, pairs } = resolution;
  const differences = textTable(
    ['models correlate by', 'one tail, n − 2 (Rastogi)', 'two tails, n − 3 (Steiger)'],
    [0.5, 0.7, 0.9].map((between) => [
      between.toFixed(1),
      ...(['rastogi', 'steiger'] as const).map((rule) => {
        const found = mrd.find((own) => own.rule === rule && own.between === between);
        return found?.value?.toFixed(4) ?? 'none';
      }),
    ]),
  );
  const powers = power.map(({ difference, power: own }) =>
    own.value === null
      ? ''
      : `.${String(Math.round(100 * difference)).padStart(2, '0')} with ${(100 * own.value).toFixed(0)} %`,
  );
  return [
    `smallest significant difference of two models on ${pairs.toLocaleString('en')} pairs (p .05, the worse model at 0)\n${differences}`,
    `chance to find a difference (worse model .5, models .9 alike): ${powers.filter((part) => part !== '').join(', ')}\n`,
    ...pairsFor.map(
      ({ rho, width, pairs: wanted, toAdd }) =>
        `for a model's ρ of ${rho} within ${width}: ${wanted.toLocaleString('en')} pairs${toAdd === 0 ? ' (enough)' : `, ${toAdd.toLocaleString('en')} to add`}\n`,
    ),
    ...ratersFor.map(
      ({ reliability, raters, toAdd }) =>
        `for a reliability of ${reliability}: ${raters} ratings a pair${toAdd === 0 ? ' (enough)' : `, ${toAdd} to add`}\n`,
    ),
  ].join('');
}

function exclusionText({ exclusion }: WordsimReport): string {
  if ('value' in exclusion) return `not audited: ${exclusion.reason}\n`;
  const rules = exclusion.rules.map((own) => {
    if (own.kind === 'not-applicable') return `${own.rule}: not applicable, ${own.reason}\n`;
    const { rule, description, excluded, before, after, goldShift, withGold } = own;
    const change = (from: number | null, to: number | null): string =>
      `${from?.toFixed(3) ?? '–'} → ${to?.toFixed(3) ?? '–'}`;
    const moved =
      goldShift === null
        ? ''
        : `; means move by ${goldShift.meanAbsolute.toFixed(3)} on average, ${goldShift.largest.toFixed(2)} at most${goldShift.lost > 0 ? `, ${goldShift.lost} pairs lose all ratings` : ''}`;
    const gold =
      withGold === null ? '' : `; Spearman of means with gold ${change(withGold.before, withGold.after)}`;
    return `${rule}: ${description}\n  ${excluded.length} raters${excluded.length === 0 ? '' : ` (${excluded.slice(0, 5).join(', ')}${excluded.length > 5 ? ', …' : ''})`}; APIAA ${change(before.apiaa, after.apiaa)}, AMIAA ${change(before.amiaa, after.amiaa)}, alpha ${change(before.alpha, after.alpha)}${moved}${gold}\n`;
  });
  const influence = shortTable(
    ['most influential', 'ratings', 'with others', 'APIAA without', 'means move', 'at most'],
    exclusion.influence.map(({ rater, ratings, meanWithOthers, apiaaWithout, goldShift }) => [
      rater,
      String(ratings),
      meanWithOthers ?? '–',
      apiaaWithout ?? '–',
      goldShift?.meanAbsolute ?? '–',
      goldShift?.largest ?? '–',
    ]),
    5,
  );
  return rules.join('') + influence;
}

function modelText({
  file,
  format,
  dimensions,
  vocabulary,
  covered,
  pairs,
  types,
  missingTypes,
  rho,
  goldIs,
}: NonNullable<WordsimReport['model']>): string {
  const names = {
    covered: 'covered pairs only',
    'mean-vector': 'mean vector for missing words',
    zero: 'similarity 0 for missing pairs',
  };
  const rows = (['covered', 'mean-vector', 'zero'] as const).map((policy) => {
    const own = rho[policy];
    return own.value === null
      ? [names[policy], 'undefined', own.reason]
      : [
          names[policy],
          own.value.toFixed(4),
          own.ci === null ? '' : `${own.ci.low.toFixed(3)} to ${own.ci.high.toFixed(3)} (n = ${own.pairs})`,
        ];
  });
  return `${file.file} (${format}, ${vocabulary.toLocaleString('en')} words of ${dimensions} dimensions)\ncovers ${covered} of ${pairs} pairs; ${missingTypes.length} of ${types} words are missing\n${textTable([`Spearman with ${goldIs}`, '', '95 % interval'], rows)}`;
}
