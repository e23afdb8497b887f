import type { Certification } from '@edirae/curriculum';
import { createRandom } from '@edirae/engine';
import { z } from 'zod';

/** What a quiz is about. `due` and `weak` are chosen from what the learner has; `missed` asks again what another quiz found wrong. */
export const quizScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['skill', 'module', 'certification']), id: z.string().min(1).max(100) }),
  z.object({ kind: z.literal('stage'), id: z.enum(['1', '2', '3', '4']) }),
  z.object({ kind: z.enum(['due', 'weak', 'proven']) }),
  z.object({ kind: z.literal('missed'), id: z.string().min(1).max(100) }),
]);
export type QuizScope = z.infer<typeof quizScopeSchema>;

export const QUIZ_LENGTHS = [5, 8, 12, 20] as const;

/** One question of a quiz: what it is to ask, and the issue that asks it once it was shown. */
export interface QuizQuestion {
  skill: string;
  /** Place of the certification's domain it stands for; null elsewhere. */
  domain: number | null;
  /** Family to ask by preference: of a question that was missed. */
  family: string | null;
  issueId: string | null;
}

/** A quiz as it is kept. */
export interface QuizPlan {
  scope: QuizScope;
  /** What it was called when it was begun. */
  title: string;
  questions: QuizQuestion[];
}

/** Something a quiz may ask. */
export interface Askable {
  skill: string;
  /** How many different subjects (item families) may be asked. */
  families: number;
}

/** Questions over skills, each skill before any comes twice, in an order that says nothing. */
export function spreadQuestions(
  askable: readonly Askable[],
  length: number,
  seed: string,
): { skill: string; domain: null; family: null; issueId: null }[] {
  const random = createRandom(seed);
  const chosen: string[] = [];
  for (let round = 0; chosen.length < length; round++) {
    const left = askable.filter(({ families }) => families > round);
    if (left.length === 0) break;
    chosen.push(...shuffled(left, random).map(({ skill }) => skill));
  }
  return shuffled(chosen.slice(0, length), random).map((skill) => ({
    skill,
    domain: null,
    family: null,
    issueId: null,
  }));
}

/** What a practice set for a certification gives each domain. */
export interface DomainShare {
  domain: number;
  /** Published share of the exam, 0..1; the middle where the issuer gives a range. */
  weight: number;
  /** Questions of the set; 0 where nothing of the domain can be asked. */
  questions: number;
}

/**
 * Divides a set over a certification's domains by their published weights (largest remainder). Domains of which nothing can be asked get
 * none, and their share goes to the others; a domain never gets more than it can ask.
 */
export function divideByWeight(
  domains: Pick<Certification['domains'][number], 'weight'>[],
  mostOf: (domain: number) => number,
  length: number,
): DomainShare[] {
  const weights = domains.map(({ weight }) => (weight.from + weight.to) / 2);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight, domain) => ({ domain, weight: weight / whole, questions: 0 }));
  for (let left = length; left > 0; left--) {
    // Who is furthest behind their share comes next; that is the largest remainder, question by question.
    const [next] = shares
      .filter(({ domain, questions }) => questions < mostOf(domain))
      .sort((a, b) => behind(b) - behind(a) || a.domain - b.domain);
    if (!next) break;
    next.questions += 1;
  }
  return shares;

  function behind({ weight, questions }: DomainShare): number {
    return weight * length - questions;
  }
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
