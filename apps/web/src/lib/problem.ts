import { problemSchema, type Problem } from '@casebook/contracts';

/** The API refused, and said why. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The problem that a response tells of; one of our own where something else than the API answered. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = problemSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  return {
    type: 'urn:casebook:unavailable',
    title: 'Out of reach',
    status: response.status >= 400 ? response.status : 502,
    detail: 'The service did not answer as it should; try again in a moment.',
    requestId: '',
  };
}
