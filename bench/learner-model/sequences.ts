import { countLearners, type AnswerLog } from '../../packages/engine/src/fit/answer-log.ts';
import { SHORTEST, type Sequence } from './decision.ts';

/** One sequence per learner and skill, those of at least ten answers, with what each model said after each answer. */
export function toSequences(log: AnswerLog, p: Float64Array, known: Float64Array): Sequence[] {
  const sequences: Sequence[] = [];
  for (let learner = 0; learner < countLearners(log); learner++) {
    const bySkill = new Map<number, Sequence>();
    for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
      const skill = log.skill[row]!;
      let sequence = bySkill.get(skill);
      if (sequence === undefined) bySkill.set(skill, (sequence = { outcomes: [], p: [], known: [] }));
      sequence.outcomes.push(log.correct[row]!);
      sequence.p.push(p[row]!);
      sequence.known.push(known[row]!);
    }
    for (const sequence of bySkill.values())
      if (sequence.outcomes.length >= SHORTEST) sequences.push(sequence);
  }
  return sequences;
}
