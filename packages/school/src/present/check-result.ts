import { judgeCheck, skillKinds, stateOf, type CheckAnswer } from '@edirae/engine';
import { renderMarkdown } from '@edirae/curriculum';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { CheckResultView, ConditionView } from '../views.ts';
import { describeAnswer } from './describe-answer.ts';
import { endedCheck, endedProgress, type EndedCheck } from './ended-check.ts';
import { listEventsAfter } from './list-events.ts';
import { owedView } from './owed-view.ts';
import { RULE_SENTENCE } from './rule-view.ts';
import { skillHead } from './skill-head.ts';
import { toNamed } from './titles.ts';

/** The result of an ended check, worked solutions included; undefined where this learner has no such check. */
export async function checkResultView(
  school: School,
  reader: Pick<LearnerReader, 'store' | 'state' | 'findEvent' | 'now'>,
  checkId: string,
): Promise<CheckResultView | undefined> {
  const ended = await endedCheck(reader, checkId);
  if (!ended) return undefined;
  const { decision, answered } = ended;
  // An earlier check's solutions would help with the families of the one that is open.
  const told = reader.state.check?.skill !== decision.skill;
  const record = reader.state.skills[decision.skill];
  const followed = await listEventsAfter(reader, ended.seq, 6);
  const stop = followed.flatMap((event) =>
    event.type === 'stop-without-mastery' && event.body.checkId === checkId ? [event.body] : [],
  )[0];
  const placed = followed.flatMap((event) =>
    event.type === 'skills-placed' && event.body.sessionId === checkId
      ? event.body.skills.map((entry) => entry.skill)
      : [],
  );
  const opened = followed.flatMap((event) =>
    event.type === 'skills-opened' && event.at === ended.endedAt ? event.body.skills : [],
  );
  const receipt = (await reader.store.listReceipts()).find((entry) => entry.seq === ended.seq);
  const disputed = (await reader.store.listDisputes()).map((dispute) => dispute.issueId);
  const retracted = await reader.store.listRetractions();
  return {
    checkId,
    skill: skillHead(school, decision.skill),
    outcome: decision.outcome,
    challenge: placed.length > 0,
    startedAt: ended.startedAt,
    endedAt: ended.endedAt,
    seq: ended.seq,
    rule: {
      version: decision.pins.rule,
      sentence: RULE_SENTENCE,
      conditions: conditionsAtEnd(school, ended),
    },
    progress: { ...endedProgress(ended), conditions: conditionsAtEnd(school, ended) },
    p: { value: decision.p, low: decision.low, high: decision.high },
    state: stateOf(record),
    missing: decision.missing,
    misconceptions: told ? misconceptionsOf(ended) : [],
    mend:
      decision.outcome === 'not-yet' && record?.checks.lastCheckId === checkId
        ? owedView(school, reader.state, decision.skill, reader.now)
        : null,
    stop: stop
      ? {
          until: stop.until,
          propose: stop.propose === null ? null : (toNamed(school, [stop.propose])[0] ?? null),
        }
      : null,
    opened: toNamed(
      school,
      opened.filter((id) => id !== decision.skill),
    ),
    placed: toNamed(school, placed),
    items: answered.map(({ facts, variant, verdict }) => ({
      issueId: facts.issueId,
      title: variant.title,
      promptHtml: renderMarkdown(variant.prompt),
      outcome: verdict.outcome,
      confidence: verdict.confidence,
      headline: told ? verdict.headline : 'Told again when the open check has ended',
      feedbackHtml: told ? renderMarkdown(verdict.feedback) : '',
      solutionHtml: told ? renderMarkdown(variant.solution) : '',
      yourAnswer: describeAnswer(variant, verdict.answer),
      disputed: disputed.includes(facts.issueId),
      retracted: retracted.some(
        (entry) =>
          entry.family === facts.family && (entry.variant === null || entry.variant === facts.variant),
      ),
    })),
    receipt: receipt ? { id: receipt.id } : null,
  };
}

/** The conditions as they stood when the check ended, from the decision's own p. */
function conditionsAtEnd(school: School, { decision, answered }: EndedCheck): ConditionView[] {
  const answers = answered.map(({ facts, verdict }): CheckAnswer => ({
    issueId: facts.issueId,
    family: facts.family,
    variant: facts.variant,
    kind: facts.kind,
    level: facts.level,
    outcome: verdict.outcome,
    counts: true,
    misconception: verdict.misconception?.id ?? null,
    at: 0,
  }));
  const kinds = school.graph.skills.has(decision.skill) ? skillKinds(school.graph, decision.skill).length : 1;
  return judgeCheck({ answers, kinds }, decision.p).conditions;
}

function misconceptionsOf({ answered }: EndedCheck): CheckResultView['misconceptions'] {
  const seen = new Map<string, CheckResultView['misconceptions'][number]>();
  for (const { variant, verdict } of answered) {
    const named = verdict.misconception;
    if (!named || seen.has(named.id)) continue;
    const known = variant.misconceptions.find((entry) => entry.id === named.id);
    seen.set(named.id, {
      id: named.id,
      title: known?.belief ?? named.title,
      correction: known?.correction ?? '',
    });
  }
  return [...seen.values()];
}
