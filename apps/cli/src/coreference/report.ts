import {
  COREFERENCE_METRICS,
  type CoreferenceReport,
  type CoreferenceScores,
  type Score,
} from '@casebook/agreement';
import { textTable } from '../tables/text-table.ts';

type JsonScore = Pick<Score, 'recall' | 'precision' | 'f1'> & { reason?: string };

function jsonScore({ recall, precision, f1, reason }: Score): JsonScore {
  return { recall, precision, f1, ...(reason === null ? {} : { reason }) };
}

function jsonScores(scores: CoreferenceScores): Record<string, unknown> {
  const json: Record<string, unknown> = { mentions: jsonScore(scores.mentions) };
  for (const metric of COREFERENCE_METRICS) {
    const score = scores[metric];
    if (score === undefined) continue;
    json[metric] =
      'coreference' in score
        ? {
            ...jsonScore(score),
            coreference: jsonScore(score.coreference),
            nonCoreference: jsonScore(score.nonCoreference),
          }
        : jsonScore(score);
  }
  if (scores.mentionOverlap !== null) json['mentionOverlap'] = jsonScore(scores.mentionOverlap);
  if (scores.conll !== undefined) json['conll'] = scores.conll;
  return json;
}

/** What `--json` prints: every score as a fraction; a reason where a 0 stands for "nothing to count". */
export function jsonReport(report: CoreferenceReport, perDocument: boolean): Record<string, unknown> {
  return {
    documents: report.documents,
    ...report.settings,
    duplicates: report.duplicates,
    ...jsonScores(report),
    ...(perDocument
      ? { perDocument: Object.fromEntries(report.perDocument.map((own) => [own.id, jsonScores(own)])) }
      : {}),
  };
}

const NAMES = {
  muc: 'MUC',
  bcub: 'B³',
  ceafm: 'CEAF mentions',
  ceafe: 'CEAF entities',
  blanc: 'BLANC',
  lea: 'LEA',
} as const;

/** The same for people to read. */
export function textReport(report: CoreferenceReport, perDocument: boolean): string {
  const { singletons, match, average } = report.settings;
  const head = `${report.documents} documents, ${average} average, singletons ${singletons === 'keep' ? 'kept' : 'dropped'}, ${match} matching\n\n`;
  const parts = [head, scoresText(report)];
  if (perDocument) for (const own of report.perDocument) parts.push(`\n${own.id}\n`, scoresText(own));
  return parts.join('');
}

function scoresText(scores: CoreferenceScores): string {
  const rows: [string, number, number, number, string][] = [];
  const add = (name: string, { recall, precision, f1, reason }: Score): void => {
    rows.push([name, recall, precision, f1, reason ?? '']);
  };
  add('mentions', scores.mentions);
  for (const metric of COREFERENCE_METRICS) {
    const score = scores[metric];
    if (score !== undefined) add(NAMES[metric], score);
  }
  const table = textTable(['', 'recall', 'precision', 'F1', ''], rows);
  return scores.conll === undefined ? table : `${table}CoNLL F1  ${scores.conll.f1.toFixed(4)}\n`;
}
