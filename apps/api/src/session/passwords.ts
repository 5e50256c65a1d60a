import argon2 from 'argon2';
import { DomainError } from '../errors.ts';

const SETTINGS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What leaked password lists hold most often. Read when somebody chooses a password, which is seldom. */
async function isCommon(password: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return password.length >= 8 && dictionary['passwords-common'].includes(password);
}

class CommonPassword extends DomainError {
  constructor() {
    super(
      { status: 400, code: 'common-password', title: 'Not understood' },
      'This password is among the first that anybody would try; choose another.',
    );
  }
}

/** @throws CommonPassword */
export async function hashPassword(password: string): Promise<string> {
  const normal = password.normalize('NFKC');
  if (await isCommon(normal.toLowerCase())) throw new CommonPassword();
  return argon2.hash(normal, SETTINGS);
}

let decoy: Promise<string> | undefined;

/** Whether a password is right. Takes as long where there is no account, so that time does not tell. */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  decoy ??= argon2.hash('nobody has this password', SETTINGS);
  const right = await argon2.verify(hash ?? (await decoy), password.normalize('NFKC'));
  return right && hash !== undefined;
}
