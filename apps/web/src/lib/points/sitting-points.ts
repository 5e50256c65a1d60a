import type { ScoringRules, WorkStage } from '@casebook/contracts';

/** A file that was in hand since the page was opened, with what its coder said of it. */
export interface FileInSitting {
  /** Units, or readings, that are judged. */
  readonly judged: number;
  readonly handedIn: boolean;
}

export interface SittingPoints {
  /** What was earned by handing files in. */
  readonly earned: number;
  readonly files: number;
  /** What the file in hand brings as it is, once it is handed in. */
  readonly inHand: number;
}

/**
 * What a sitting earns for coverage. Nothing else goes into it: all other points depend on others, and come when
 * nobody works on a file any more.
 */
export function sittingPoints(
  files: Iterable<FileInSitting>,
  { coverage }: Pick<ScoringRules, 'coverage'>,
  stage: WorkStage,
): SittingPoints {
  const each = stage === 'annotation' ? coverage.annotated : coverage.validated;
  const all = [...files];
  const handedIn = all.filter((file) => file.handedIn);
  return {
    earned: handedIn.reduce((sum, { judged }) => sum + judged * each + coverage.handedIn, 0),
    files: handedIn.length,
    inHand: all.filter((file) => !file.handedIn).reduce((sum, { judged }) => sum + judged * each, 0),
  };
}
