import type { ProjectId, TokenId, UserId } from '@casebook/contracts';

/** Somebody logged in with a browser. */
export interface Person {
  readonly kind: 'person';
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly sessionHash: Uint8Array<ArrayBuffer>;
}

/** A program that acts for its owner in one project. */
export interface TokenBearer {
  readonly kind: 'token';
  readonly userId: UserId;
  readonly tokenId: TokenId;
  readonly projectId: ProjectId;
  readonly scope: 'read' | 'write';
}

/** Who asks. */
export type Principal = Person | TokenBearer;
