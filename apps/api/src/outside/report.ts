import type { AnswerReport, Refusal } from '@casebook/contracts';

/** What of a file is listed line by line; the rest is counted. */
const LISTED = 200;

/** Puts together what a file with answers came to. */
export class Report {
  readonly #coders = new Map<string, { answers: number; left: number }>();
  readonly #documents = new Map<string, { units: number; answered: Set<string> }>();
  readonly #refusals: Refusal[] = [];
  readonly #remarks: string[] = [];
  #refused = 0;

  answered(coder: string, document: string, units: number, unitId: string): void {
    this.#coder(coder).answers += 1;
    this.document(document, units).answered.add(unitId);
  }

  document(name: string, units: number): { answered: Set<string> } {
    const known = this.#documents.get(name) ?? { units, answered: new Set<string>() };
    this.#documents.set(name, known);
    return known;
  }

  leftOut(coder: string, refusal: Refusal): void {
    this.#coder(coder).left += 1;
    this.#list(refusal);
  }

  refuse(refusal: Refusal): void {
    this.#refused += 1;
    this.#list(refusal);
  }

  remark(remark: string): void {
    if (!this.#remarks.includes(remark) && this.#remarks.length < 50) this.#remarks.push(remark);
  }

  done(): AnswerReport {
    const coders = Array.from(this.#coders, ([name, counts]) => ({ name, ...counts }));
    return {
      coders: coders.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true })),
      documents: Array.from(this.#documents, ([name, { units, answered }]) => ({
        name,
        units,
        answered: answered.size,
      })),
      answers: coders.reduce((sum, { answers }) => sum + answers, 0),
      left: coders.reduce((sum, { left }) => sum + left, 0),
      refused: this.#refused,
      refusals: this.#refusals,
      remarks: this.#remarks,
    };
  }

  #coder(name: string): { answers: number; left: number } {
    const known = this.#coders.get(name) ?? { answers: 0, left: 0 };
    this.#coders.set(name, known);
    return known;
  }

  #list(refusal: Refusal): void {
    if (this.#refusals.length < LISTED) this.#refusals.push(refusal);
  }
}
