import { type AboutTests, type Participant, readTests } from '#src/training-tests/participant.ts';
import {
  type Phase,
  phaseLabels,
  phases,
  scoreInWords,
  stateBadges,
} from '#src/training-tests/rules.ts';

/** Both tests of a participant with where they stand; empty until staff open them, and for whoever is not invited. */
export async function testLinks(participant: Participant, hrefOf: (word: string) => string) {
  const found = await readTests(participant, 'pre');
  if (!found || standingOf(found.about, 'pre').state === 'none') return [];
  const words = Object.entries(phases) as [string, Phase][];
  return words.map(([word, phase]) => {
    const { score, state } = standingOf(found.about, phase);
    return {
      label: phaseLabels[phase],
      href: hrefOf(word),
      score,
      badge:
        score === null ? stateBadges[state] : { label: 'Sudah dijawab', tone: 'good' as const },
    };
  });
}

/** How one test stands for its participant. */
export function standingOf(about: AboutTests, phase: Phase) {
  const score = phase === 'pre' ? about.preScore : about.postScore;
  const state = phase === 'pre' ? about.preState : about.postState;
  return {
    state: about.questionCount === 0 ? ('none' as const) : state,
    score: score === null ? null : scoreInWords(score, about.questionCount),
  };
}
