import { bCubed } from './b-cubed.ts';
import { addBlancCounts, type BlancCounts, blancCounts, blancScore, NO_BLANC_COUNTS } from './blanc.ts';
import { ceafEntities, ceafMentions } from './ceaf.ts';
import { type ContingencyTable, contingencyTable, type DocumentTables, plainTables } from './contingency.ts';
import { lea } from './lea.ts';
import { matchMentions, type MentionMatch } from './matching.ts';
import type { CoreferenceDocument } from './mention.ts';
import { mentionDetection, mentionOverlap } from './mention-detection.ts';
import { muc } from './muc.ts';
import { type Partition, partition, type Singletons } from './partition.ts';
import { addCounts, NO_COUNTS, type ScoreCounts, scoreFromCounts } from './score.ts';
import { conll, type CoreferenceScores, type DocumentScores, macro, type Writable } from './scores.ts';
import { alignSplitAntecedents, type SplitScorer } from './split-antecedent.ts';

/** The measures whose counts are a recall and a precision; BLANC has two of each. */
const COUNTED = {
  muc: { count: muc, of: 'links', inSplits: (tables: DocumentTables) => muc(tables, true) },
  bcub: { count: bCubed, of: 'mentions', inSplits: bCubed },
  ceafm: { count: ceafMentions, of: 'mentions', inSplits: ceafMentions },
  ceafe: { count: ceafEntities, of: 'entities', inSplits: ceafEntities },
  lea: { count: lea, of: 'mentions', inSplits: lea },
} as const;

type CountedMetric = keyof typeof COUNTED;
export type CoreferenceMetric = CountedMetric | 'blanc';

/** All measures, in the order in which they are reported. */
export const COREFERENCE_METRICS: readonly CoreferenceMetric[] = [
  'muc',
  'bcub',
  'ceafm',
  'ceafe',
  'blanc',
  'lea',
];

export interface CoreferenceOptions {
  /** Measures to compute; all by default. The CoNLL F1 needs muc, bcub and ceafe. */
  readonly metrics?: readonly CoreferenceMetric[];
  /** Whether entities of one mention count; kept by default, on both sides alike. */
  readonly singletons?: Singletons;
  readonly match?: MentionMatch;
  /** micro (default) adds up numerators and denominators; macro is the mean of the documents' scores. */
  readonly average?: 'micro' | 'macro';
  /** Called after each document with the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Stops between documents, throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface CoreferenceReport extends CoreferenceScores {
  readonly documents: number;
  readonly settings: {
    readonly singletons: Singletons;
    readonly match: MentionMatch;
    readonly average: 'micro' | 'macro';
  };
  /** Repeated mentions that were left out. */
  readonly duplicates: { readonly key: number; readonly response: number };
  readonly perDocument: readonly DocumentScores[];
}

interface DocumentCounts {
  readonly mentions: ScoreCounts;
  readonly mentionOverlap: ScoreCounts | null;
  readonly counted: ReadonlyMap<CountedMetric, ScoreCounts>;
  readonly blanc: BlancCounts | null;
  readonly duplicates: { readonly key: number; readonly response: number };
}

/**
 * Scores the response against the key, as scorer.pl 8.01 does where it scores: duplicates removed, no mention added to
 * either side. Time and memory are linear in the mentions but for CEAF's matching (see {@link ceafEntities}).
 *
 * Throws where an entity names a part that is not there, where matching needs spans or heads that are missing, and
 * where there is no document.
 */
export function scoreCoreference(
  documents: readonly CoreferenceDocument[],
  options: CoreferenceOptions = {},
): CoreferenceReport {
  const { singletons = 'keep', match = 'exact', average = 'micro', metrics = COREFERENCE_METRICS } = options;
  if (documents.length === 0) throw new RangeError('there is no document to score');
  const counts: DocumentCounts[] = [];
  for (const [place, document] of documents.entries()) {
    options.signal?.throwIfAborted();
    counts.push(countDocument(document, nameOf(document, place), { singletons, match, metrics }));
    options.onProgress?.((place + 1) / documents.length);
  }
  const perDocument = counts.map((own, place): DocumentScores => {
    const document = documents[place];
    return { id: document === undefined ? '' : nameOf(document, place), ...scoresOf(own) };
  });
  return {
    documents: documents.length,
    settings: { singletons, match, average },
    ...(average === 'micro' ? scoresOf(counts.reduce(addDocuments)) : macro(perDocument)),
    duplicates: {
      key: counts.reduce((sum, own) => sum + own.duplicates.key, 0),
      response: counts.reduce((sum, own) => sum + own.duplicates.response, 0),
    },
    perDocument,
  };
}

/**
 * The tables from which every measure of a document without split antecedents is computed, for those who compute one
 * many times over. Split antecedents count as mentions that are not found.
 */
export function tablesOfDocument(
  document: CoreferenceDocument,
  { singletons = 'keep', match = 'exact' }: Pick<CoreferenceOptions, 'singletons' | 'match'> = {},
): DocumentTables {
  const name = nameOf(document, 0);
  const key = partition(document.key, singletons, `${name}, key`);
  const response = partition(document.response, singletons, `${name}, response`);
  const matched = matchMentions(key, response, match, name);
  return documentTables(key, response, matched)(() => ({ recall: 0, precision: 0, f1: 0 }));
}

function nameOf(document: CoreferenceDocument, place: number): string {
  return document.id ?? `document ${place + 1}`;
}

function countDocument(
  document: CoreferenceDocument,
  name: string,
  {
    singletons,
    match,
    metrics,
  }: { singletons: Singletons; match: MentionMatch; metrics: readonly CoreferenceMetric[] },
): DocumentCounts {
  const key = partition(document.key, singletons, `${name}, key`);
  const response = partition(document.response, singletons, `${name}, response`);
  const matched = matchMentions(key, response, match, name);
  const tablesFor = documentTables(key, response, matched);
  const counted = new Map<CountedMetric, ScoreCounts>();
  let blanc: BlancCounts | null = null;
  for (const metric of metrics) {
    if (metric === 'blanc') blanc = blancCounts(tablesFor((tables) => blancScore(blancCounts(tables))));
    else {
      const { count, of, inSplits } = COUNTED[metric];
      counted.set(metric, count(tablesFor((tables) => scoreFromCounts(inSplits(tables), of))));
    }
  }
  return {
    mentions: mentionDetection(key, response, matched),
    mentionOverlap: mentionOverlap(key, response),
    counted,
    blanc,
    duplicates: { key: key.duplicates, response: response.duplicates },
  };
}

/** The tables of a document: the same for every measure, but where both sides have split antecedents. */
function documentTables(
  key: Partition,
  response: Partition,
  matched: Int32Array,
): (score: SplitScorer) => DocumentTables {
  const rows = new Int32Array(matched.length);
  const columns = new Int32Array(matched.length);
  let shared = 0;
  for (let place = 0; place < matched.length; place += 1) {
    const partner = matched[place] ?? -1;
    if (partner === -1) continue;
    rows[shared] = key.entityOf[place] ?? 0;
    columns[shared] = response.entityOf[partner] ?? 0;
    shared += 1;
  }
  const rowOf = rows.subarray(0, shared);
  const columnOf = columns.subarray(0, shared);
  if (key.splits.size === 0 || response.splits.size === 0) {
    const tables = plainTables(contingencyTable(key.sizes, response.sizes, rowOf, columnOf));
    return () => tables;
  }
  return (score) => {
    const cells = alignSplitAntecedents(key, response, matched, score);
    const table = (splits: typeof cells.recall): ContingencyTable =>
      contingencyTable(key.sizes, response.sizes, rowOf, columnOf, splits);
    return {
      recall: table(cells.recall),
      precision: contingencyTable(response.sizes, key.sizes, columnOf, rowOf, cells.precision),
      both: table(cells.both),
    };
  };
}

function addDocuments(one: DocumentCounts, other: DocumentCounts): DocumentCounts {
  const counted = new Map<CountedMetric, ScoreCounts>();
  for (const [metric, counts] of one.counted) {
    counted.set(metric, addCounts(counts, other.counted.get(metric) ?? NO_COUNTS));
  }
  return {
    mentions: addCounts(one.mentions, other.mentions),
    mentionOverlap:
      one.mentionOverlap === null || other.mentionOverlap === null
        ? null
        : addCounts(one.mentionOverlap, other.mentionOverlap),
    counted,
    blanc: one.blanc === null ? null : addBlancCounts(one.blanc, other.blanc ?? NO_BLANC_COUNTS),
    duplicates: one.duplicates,
  };
}

function scoresOf(counts: DocumentCounts): CoreferenceScores {
  const scores: Writable<CoreferenceScores> = {
    mentions: scoreFromCounts(counts.mentions, 'mentions'),
    mentionOverlap: counts.mentionOverlap === null ? null : scoreFromCounts(counts.mentionOverlap, 'tokens'),
  };
  for (const [metric, own] of counts.counted) scores[metric] = scoreFromCounts(own, COUNTED[metric].of);
  if (counts.blanc !== null) scores.blanc = blancScore(counts.blanc);
  return { ...scores, ...conll(scores) };
}
