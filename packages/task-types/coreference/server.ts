import type { TaskTypeServer } from '../task-type-server.ts';
import { coreferenceAgreement, coreferenceAgreementChange } from './agreement.ts';
import { CLASS_TITLES, classOf } from './classes.ts';
import { coreferenceContract } from './contract.ts';
import type { CoreferenceProtocol, EitherAnswer, EitherUnit } from './contract.ts';
import { correctionsView } from './corrections-view.ts';
import { documentReadings, phraseCodings } from './document-readings.ts';
import { conll2012 } from './export.ts';
import { goldOf, withoutChains } from './gold.ts';
import {
  keptPasses,
  keptPhrases,
  passesAmong,
  phraseAnswer,
  phrasesAmong,
  referencesAmong,
} from './kinds.ts';
import { machineAgreement } from './machine-agreement.ts';
import { misfitInItem, misfitOfAnswer, misfitOnUnit } from './misfit.ts';
import { answersOfChains, placeAnswers } from './outside/place-answers.ts';
import { planCoreference } from './plan.ts';
import { coreferenceReadings } from './readings.ts';
import { comparedSideBySide } from './side-by-side/compare.ts';
import { weighCoreference } from './weighing.ts';
import { describeAnswer, labelOf, pointedAt } from './words.ts';

export const coreferenceServer: TaskTypeServer<EitherUnit, EitherAnswer, CoreferenceProtocol> = {
  contract: coreferenceContract,
  plan: planCoreference,
  gold: goldOf,
  pointsAt: (answer) => {
    const ofPhrase = phraseAnswer(answer);
    return ofPhrase === null ? [] : pointedAt(ofPhrase);
  },
  misfit: misfitOfAnswer,
  misfitOnUnit,
  misfitInItem,
  disputes: {
    conference: ({ conference }) => (conference.kind === 'none' ? null : conference),
    classes: CLASS_TITLES,
    classOf,
  },
  withoutGold: withoutChains,
  readings: (codings, { reference, kept, mostProbable } = {}) => [
    ...coreferenceReadings(phrasesAmong(codings), {
      ...(reference === undefined ? {} : { reference: referencesAmong(reference) }),
      ...(kept === undefined ? {} : { kept: keptPhrases(kept) }),
      ...(mostProbable === undefined ? {} : { mostProbable }),
    }),
    ...documentReadings(passesAmong(codings), kept === undefined ? undefined : keptPasses(kept)),
  ],
  agreement: (codings, request) => {
    const corrections = correctionsView(codings, request);
    return [
      ...coreferenceAgreement(phrasesAmong(codings), request, passesAmong(codings)),
      ...(corrections === null ? [] : [corrections]),
    ];
  },
  // Passes over whole documents bring phrases of their own, which are not the same ones twice.
  agreementChange: (before, after, request) =>
    passesAmong([...before, ...after]).length > 0
      ? []
      : coreferenceAgreementChange(phrasesAmong(before), phrasesAmong(after), request),
  weigh: (codings) => weighCoreference(phrasesAmong(codings)),
  machineAgreement: (machines, persons, request) =>
    machineAgreement(
      phrasesAmong(machines),
      [...phrasesAmong(persons), ...phraseCodings(passesAmong(persons))],
      request,
    ),
  outside: { ofChains: answersOfChains, place: placeAnswers },
  sideBySide: comparedSideBySide,
  label: labelOf,
  describe: (answer, _unit, nameOf) => describeAnswer(answer, nameOf),
  exports: [conll2012],
};
