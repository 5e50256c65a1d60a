import type { OwnJudgement } from '@casebook/contracts';

/**
 * A situation that a caller can do something about, named for what it is. Everything that is thrown and is not one
 * of these is a fault of ours and leaves as a bare 500.
 */
export class DomainError extends Error {
  override readonly name: string = 'DomainError';
  readonly status: number;
  /** Stable, in kebab case; becomes the problem's type. */
  readonly code: string;
  readonly title: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    situation: { status: number; code: string; title: string; retryAfterSeconds?: number },
    detail: string,
  ) {
    super(detail);
    this.status = situation.status;
    this.code = situation.code;
    this.title = situation.title;
    this.retryAfterSeconds = situation.retryAfterSeconds;
  }
}

/** Missing, or not for this caller's eyes: the two are told alike. */
export class NotFound extends DomainError {
  constructor() {
    super(
      { status: 404, code: 'not-found', title: 'Not found' },
      'There is nothing here, or nothing that you may see.',
    );
  }
}

export class Unauthenticated extends DomainError {
  constructor(detail = 'Log in first, or send a token that is still good.') {
    super({ status: 401, code: 'unauthenticated', title: 'Not logged in' }, detail);
  }
}

export class WrongCredentials extends DomainError {
  constructor() {
    super(
      { status: 401, code: 'wrong-credentials', title: 'Not logged in' },
      'The address or the password is wrong.',
    );
  }
}

/** The caller may know that the thing is there, but not do this to it. */
export class Forbidden extends DomainError {
  constructor(detail: string) {
    super({ status: 403, code: 'forbidden', title: 'Not allowed' }, detail);
  }
}

export class Malformed extends DomainError {
  constructor(detail: string) {
    super({ status: 400, code: 'malformed', title: 'Not understood' }, detail);
  }
}

export class WrongMediaType extends DomainError {
  constructor(detail: string) {
    super({ status: 415, code: 'wrong-media-type', title: 'Wrong kind of content' }, detail);
  }
}

export class TooLarge extends DomainError {
  constructor(limit: number) {
    super(
      { status: 413, code: 'too-large', title: 'Too large' },
      `The file is larger than ${Math.floor(limit / 1_048_576)} MiB.`,
    );
  }
}

/** The request is well formed, but the state of things is against it. */
export class Conflict extends DomainError {
  constructor(code: string, detail: string) {
    super({ status: 409, code, title: 'Not possible now' }, detail);
  }
}

/** Two windows changed the same judgement; both versions are kept for their coder to choose from. */
export class SupersededAlready extends Conflict {
  readonly latest: OwnJudgement | undefined;

  constructor(latest: OwnJudgement | undefined) {
    super(
      'superseded-already',
      'Another window was faster: what it saved stands until you choose between the two.',
    );
    this.latest = latest;
  }
}

/** Well formed, but wrong in what it says. */
export class Unprocessable extends DomainError {
  constructor(code: string, detail: string) {
    super({ status: 422, code, title: 'Not acceptable' }, detail);
  }
}

/** Well formed, but wrong in fields that can be named. */
export class WrongFields extends DomainError {
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(fields: readonly { readonly path: string; readonly message: string }[]) {
    const [first] = fields;
    super(
      { status: 422, code: 'wrong-fields', title: 'Not acceptable' },
      first === undefined ? 'The request does not fit.' : `${first.path}: ${first.message}`,
    );
    this.fields = fields;
  }
}

/** A link that was good once. */
export class Gone extends DomainError {
  constructor(detail: string) {
    super({ status: 410, code: 'gone', title: 'No longer valid' }, detail);
  }
}

export class TooMany extends DomainError {
  constructor(retryAfterSeconds: number) {
    super(
      { status: 429, code: 'too-many', title: 'Too many attempts', retryAfterSeconds },
      `Too many attempts; try again in ${String(Math.ceil(retryAfterSeconds / 60))} min.`,
    );
  }
}

export class Unavailable extends DomainError {
  constructor() {
    super(
      { status: 503, code: 'unavailable', title: 'Busy', retryAfterSeconds: 2 },
      'The service can’t answer just now; nothing was stored, try again.',
    );
  }
}
