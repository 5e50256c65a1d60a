/** What a form shows again after it was refused. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  /** By the field's name. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  readonly message?: string;
}
