import type { SignInRefusal } from '@casebook/contracts';

const SENTENCES: Readonly<Record<SignInRefusal, string>> = {
  declined: 'The log-in was called off there. Nothing has changed.',
  failed: 'What came back did not fit what was asked. Try once more; if it fails again, tell the admin.',
  'too-late': 'That took longer than ten minutes, or began in another browser. Begin again here.',
  'too-many': 'Too many attempts from here; wait a quarter of an hour.',
  unreachable: 'The log-in can’t be reached at the moment. Try again in a minute.',
  'nobody-invited': 'No account goes by this address. Open the link in your invitation first.',
  unverified: 'Your e-mail address is not verified there, so that it opens nothing here.',
  'other-address':
    'This invitation is for another address than the one you logged in with. Log in with that one, or have yourself invited under yours.',
  disabled: 'This account is disabled.',
  'invitation-gone': 'This invitation is no longer good; ask whoever invited you for a new one.',
  'already-member': 'You have a place in this project already. Log in to get to it.',
};

/** Why whoever came back from the provider was not let in, and what to do. */
export function turnedAway(why: SignInRefusal): string {
  return SENTENCES[why];
}
