/** What a form shows again after it was refused. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  /** By the field's name. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  readonly message?: string | undefined;
}

/** What came back from the page's actions, as far as it is a refusal of the form with this name. */
export function refusalOf(
  result:
    | {
        readonly form?: string | undefined;
        readonly values?: FormState['values'] | undefined;
        readonly errors?: FormState['errors'] | undefined;
        readonly message?: string | undefined;
      }
    | null
    | undefined,
  name = 'form',
): FormState | null {
  if (result?.form !== name || result.values === undefined || result.errors === undefined) return null;
  return { values: result.values, errors: result.errors, message: result.message };
}

/** What a form tells the fields inside it. */
export interface FormParts {
  /** It has been sent and not been answered yet. */
  readonly busy: boolean;
  /** By the field's name. */
  readonly errors: Readonly<Record<string, string>>;
}
