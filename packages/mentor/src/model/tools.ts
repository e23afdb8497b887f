import { tool, type ToolSet } from 'ai';
import { z } from 'zod';
import type { MentorContext } from '../context.ts';
import type { MentorEvent } from '../events.ts';
import type { CurriculumPort, Passage } from '../port.ts';

/** What happened beside the text, in order. */
export interface ToolRecord {
  events: MentorEvent[];
  passages: Passage[];
}

const skillId = z.string().regex(/^[a-z0-9-]{1,64}$/);
const shortText = z.string().min(1).max(300);

const found = z.array(
  z.object({ skill: z.string(), title: z.string(), n: z.number().nullable(), text: z.string() }),
);
const variant = z.object({ prompt: z.string(), solution: z.string() }).nullable();
const offered = z.object({ offered: z.boolean(), why: z.string() });
const evidence = z.array(z.string());
const opinion = z.object({ kept: z.boolean() });

/** The tools of a mentor. They read what the context and the port already hold, and offer; none of them writes anything. */
export function createTools(context: MentorContext, port: CurriculumPort, record: ToolRecord): ToolSet {
  const offer = (type: 'offerPractice', skill: string): z.infer<typeof offered> => {
    const brief = port.findSkill(skill);
    if (!brief) return { offered: false, why: 'There is no such skill.' };
    if (!brief.written || !brief.open)
      return {
        offered: false,
        why: brief.written ? 'It is not open for this learner.' : 'It has no items yet.',
      };
    record.events.push({ type, skill: brief.id, title: brief.title });
    return { offered: true, why: 'A link stands under the answer.' };
  };
  return {
    searchCurriculum: tool({
      description:
        'Finds skills and passages of lessons by words. Cite a passage by the number it comes with.',
      inputSchema: z.object({ query: shortText }),
      outputSchema: found,
      execute: ({ query }) =>
        found.parse(
          port
            .findSkills(query, null)
            .slice(0, 3)
            .map(({ skill, title }) => {
              const passage = port.findPassage(query, skill);
              if (passage) record.passages.push(passage);
              return { skill, title, n: passage ? record.passages.length : null, text: passage?.text ?? '' };
            }),
        ),
    }),
    fetchWorkedVariant: tool({
      description: 'A worked example on a skill, with fresh numbers. It is never an item that is open.',
      inputSchema: z.object({ skill: skillId }),
      outputSchema: variant,
      execute: ({ skill }) => {
        const drawn = port.findWorkedVariant(skill, context.seed);
        return variant.parse(drawn ? { prompt: drawn.prompt, solution: drawn.solution } : null);
      },
    }),
    offerPractice: tool({
      description: 'Puts a link to practice on a skill under the answer.',
      inputSchema: z.object({ skill: skillId }),
      outputSchema: offered,
      execute: ({ skill }) => offered.parse(offer('offerPractice', skill)),
    }),
    readEvidence: tool({
      description: 'The learner’s recent answers, in words. Every claim about the learner rests on these.',
      inputSchema: z.object({}),
      outputSchema: evidence,
      execute: () => evidence.parse(context.evidence),
    }),
    ...(context.mode === 'examine' && context.atHand
      ? { giveOpinion: giveOpinion(context.atHand.id, record) }
      : {}),
  };
}

function giveOpinion(skill: string, record: ToolRecord): ToolSet[string] {
  return tool({
    description:
      'Ends an oral examination with an opinion: 0 absent, 1 mentioned, 2 argued, for each point. It is never evidence.',
    inputSchema: z.object({
      lines: z
        .array(z.object({ point: shortText, points: z.int().min(0).max(2) }))
        .min(1)
        .max(8),
    }),
    outputSchema: opinion,
    execute: ({ lines }) => {
      if (record.events.some(({ type }) => type === 'opinion')) return { kept: false };
      const total = lines.reduce((sum, { points }) => sum + points, 0);
      record.events.push({ type: 'opinion', skill, lines, total, most: lines.length * 2 });
      return { kept: true };
    },
  });
}
