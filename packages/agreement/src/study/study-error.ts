export type StudyProblem =
  | 'duplicate'
  | 'unknown-category'
  | 'bad-value'
  | 'too-few-coders'
  | 'unknown-occasion'
  | 'bad-shape'
  | 'wrong-scale';

/** A table that cannot be a study. `row` counts from 1; it is null where no single row is to blame. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
  readonly problem: StudyProblem;
  readonly row: number | null;

  constructor(problem: StudyProblem, message: string, row: number | null = null) {
    super(row === null ? message : `Row ${row}: ${message}`);
    this.problem = problem;
    this.row = row;
  }
}
