import type { SubmissionId } from '@casebook/contracts';
import type { TaskTypeContract } from '@casebook/task-types/contract';
import type { OwnJudgement } from '@casebook/task-types/web';
import type { Standing } from './entry.ts';

/** Reads judgements by the contract of their task type, each once: a judgement never changes. */
export class JudgementReader<Answer> {
  readonly #contract: Pick<TaskTypeContract<unknown, Answer, unknown>, 'answer'>;
  readonly #read = new Map<SubmissionId, OwnJudgement<Answer> | null>();

  constructor(contract: Pick<TaskTypeContract<unknown, Answer, unknown>, 'answer'>) {
    this.#contract = contract;
  }

  /** Null for a withdrawal, and for an answer that the contract does not know. */
  read(standing: Standing): OwnJudgement<Answer> | null {
    const known = this.#read.get(standing.submissionId);
    if (known !== undefined) return known;
    const judgement = this.#parse(standing);
    this.#read.set(standing.submissionId, judgement);
    return judgement;
  }

  #parse({ act, ...rest }: Standing): OwnJudgement<Answer> | null {
    if (act.kind === 'withdrawal') return null;
    if (act.kind !== 'answer') return { ...rest, act };
    const answer = this.#contract.answer.safeParse(act.answer);
    return answer.success ? { ...rest, act: { kind: 'answer', answer: answer.data } } : null;
  }
}
