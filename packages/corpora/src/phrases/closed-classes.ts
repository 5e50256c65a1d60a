/** Words of English that are so few that a list tells them better than a tagger. All in lower case. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const PERSONAL = set(
  'i me you he him she her it we us they them thou thee ye mine yours hers ours theirs thine',
);
export const REFLEXIVE = set(
  'myself yourself himself herself itself ourselves yourselves themselves oneself thyself themself',
);
/** Before a noun; `his` and `her` also stand alone. */
export const POSSESSIVE = set('my your his her its our their thy whose');
export const DEMONSTRATIVE = set('this that these those');
export const INDEFINITE = set(
  'someone somebody something anyone anybody anything everyone everybody everything nobody nothing no-one',
);
export const DETERMINERS = set(
  'a an the this that these those some any no every each either neither another much many few several such what which certain more most less enough',
);
/** Before a determiner: *all the boys*, *half an hour*, *such a day*. */
export const PREDETERMINERS = set('all both half such many what quite');
/** Question words and relative pronouns, which refer to nothing of their own, and the empty *there*. */
export const NEVER_HEADS = set(
  'who whom whose which what that there where when why how whoever whatever whichever',
);
export const MONTHS = set(
  'january february march april may june july august september october november december',
);
export const WEEKDAYS = set('monday tuesday wednesday thursday friday saturday sunday');
/** What stands before *of* in a preposition of several words. */
export const COMPOUND_PREPOSITIONS: ReadonlySet<string> = new Set([
  'in front',
  'in spite',
  'in place',
  'in favour',
  'in favor',
  'in search',
  'in terms',
  'in course',
  'in case',
  'by means',
  'by way',
  'on behalf',
  'on account',
]);
