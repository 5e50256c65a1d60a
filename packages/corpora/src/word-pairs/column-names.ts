const THING =
  '(?:word|w|term|lemma|item|noun|verb|adjective|phrase|concept|target|lexeme|entity|string|expression)';
const WORD1 = new RegExp(`^(?:${THING}(?:1|a|one)|first(?:word)?|left(?:word)?)$`, 'u');
const WORD2 = new RegExp(`^(?:${THING}(?:2|b|two)|second(?:word)?|right(?:word)?)$`, 'u');
const PART_OF_SPEECH = /^(?:pos|upos|postag|partofspeech|wordclass|tag)$/u;
/** In order of preference where several are present. */
const GOLD = [
  /^gold(?:score|standard|rating)?$/u,
  /^(?:similarity|relatedness|sim|rel)(?:score|rating)?$/u,
  /^(?:human|mean|average|avg)(?:score|mean|rating|similarity|relatedness|judge?ment)?$/u,
  /^(?:simlex|simverb|men|wordsim|ws|rw)\d*(?:gold|score)?$/u,
  /^(?:score|rating|value|judge?ment)$/u,
];
const RATER =
  /^(?:r|rater|rating|coder|annotator|annot|anno|judge|subject|subj|sub|participant|user|worker|expert|person|respondent|resp|a|s|p|u)?\d+$/u;
const PERSON = /^(?:subject|coder|annotator|rater|worker|participant|respondent|user|judge)(?:id|name)?$/u;
const NO_RATING =
  /^(?:sd|std|stdev|stddev|variance|var|se|sem|ci\w*|median|min|max|range|conc\w*|assoc\w*|simassoc\w*|freq\w*|count|n|num|id|index|unit|row|line|no|nr|rank|quartile|split|set|list|order\w*|time\w*|duration|ms|sdsimlex|\w+ms)$/u;

/** A header cell as it is compared: lower case, letters and digits only. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

export const isWord1 = (name: string): boolean => WORD1.test(normalised(name));
export const isWord2 = (name: string): boolean => WORD2.test(normalised(name));
export const isPartOfSpeech = (name: string): boolean => PART_OF_SPEECH.test(normalised(name));
/** Names of one person's ratings: `r1`, `rater 2`, `13`. */
export const isRater = (name: string): boolean => RATER.test(normalised(name));
/** Names of a column that says who judged, as tables with one row a judgement have. */
export const isPerson = (name: string): boolean => PERSON.test(normalised(name));
/** Names of numbers that are no ratings: deviations, frequencies, identifiers. */
export const isNoRating = (name: string): boolean => NO_RATING.test(normalised(name));

/** How well a name says "the published score": 0 is best; null for not at all. */
export function goldPreference(name: string): number | null {
  const preference = GOLD.findIndex((pattern) => pattern.test(normalised(name)));
  return preference === -1 ? null : preference;
}
