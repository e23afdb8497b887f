import type { CertificationDomain } from '@edirae/curriculum';
import type { ItemView } from '../views.ts';
import type { QuizScope } from './quiz-plan.ts';

/** A quiz that could be begun. */
export interface QuizChoiceView {
  scope: QuizScope;
  title: string;
  /** Skills it may ask now, and all it is about: the others are locked, or still being written. */
  askable: number;
  skills: number;
  /** Most questions it can have without asking a subject twice. */
  most: number;
}

/** A certification's practice set, with how well the curriculum covers each domain. */
export interface CertificationChoiceView extends QuizChoiceView {
  code: string;
  issuer: string;
  status: 'active' | 'retired' | 'unconfirmed';
  checkedOn: string | null;
  url: string;
  weightsNote: string | null;
  domains: {
    title: string;
    /** Per cent as published. */
    weight: { from: number; to: number };
    coverage: CertificationDomain['coverage'];
    gap: string | null;
    askable: number;
    skills: number;
  }[];
}

export interface PastQuizView {
  id: string;
  title: string;
  startedAt: number;
  endedAt: number | null;
  answered: number;
  correct: number;
  questions: number;
}

export interface QuizChoicesView {
  /** On the one skill that was asked for; null for none, or an unknown one. */
  skill: QuizChoiceView | null;
  /** From what the learner has: due, weak, proven; only those that could ask something. */
  mixed: QuizChoiceView[];
  modules: (QuizChoiceView & { number: number })[];
  stages: QuizChoiceView[];
  certifications: CertificationChoiceView[];
  past: PastQuizView[];
}

/** One question of a quiz that was answered. */
export interface QuizResultView {
  issueId: string;
  skill: { id: string; title: string };
  /** Subject: title of the item family. */
  subject: string;
  /** Place in `domains`; null where it stands for none. */
  domain: number | null;
  outcome: 'correct' | 'incorrect' | 'skipped';
  /** What the answer showed to be believed. */
  misconception: { id: string; title: string } | null;
}

export interface QuizView {
  id: string;
  title: string;
  scope: QuizScope;
  startedAt: number;
  endedAt: number | null;
  /** How many it asks. */
  questions: number;
  answered: number;
  correct: number;
  /** The one to answer now; null where it has ended. */
  item: ItemView | null;
  results: QuizResultView[];
  /** Of a certification's set: right and asked for each domain, in the exam's order. */
  domains: { title: string; weight: { from: number; to: number }; asked: number; correct: number }[];
}
