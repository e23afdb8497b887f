/** What is taught: content files in, a curriculum, items and verdicts out. */
export { getFamily, getSkill, listFamilies } from './curriculum.ts';
export type {
  Career,
  Curriculum,
  Family,
  Figure,
  Lesson,
  Misconception,
  Module,
  ResourceUse,
  Skill,
} from './curriculum.ts';
export type { Finding } from './finding.ts';
export type { CareerStage } from './schema/career.ts';
export type { Certification, CertificationDomain } from './schema/certification.ts';
export type { Fact, FactConfidence } from './schema/fact.ts';
export type { InterviewPrompt } from './schema/interview.ts';
export { freshUntil, isStale } from './facts/shelf-life.ts';
export type { ShelfLife } from './facts/shelf-life.ts';
export { RESOURCE_LEVELS, RESOURCE_TYPES } from './schema/skill.ts';
export type { Card, Resource } from './schema/skill.ts';
export { familyHash } from './load/load-skill.ts';
export { assembleCurriculum, loadCurriculum } from './load/load-curriculum.ts';
export type { LoadOptions, LoadResult } from './load/load-curriculum.ts';
export { evaluateExpression } from './expression/compile-expression.ts';
export { ExpressionError } from './expression/expression-error.ts';
export { formatNumber, formatQuantity } from './template/format-number.ts';
export type { Choice, Given, PublicItem, Variant, VariantKey } from './items/variant.ts';
export type { Answer, NumericAnswer, ParsedAnswer } from './items/answer.ts';
export { compileVariant, hasVariant, listVariants, variantHandle } from './items/compile-variant.ts';
export { countVariants } from './items/count-variants.ts';
export { anyVariant, findVariant } from './items/find-variant.ts';
export { toItem } from './items/to-item.ts';
export { parseAnswer } from './items/parse-answer.ts';
export { gradeAnswer } from './items/grade-answer.ts';
export type { Grade } from './items/grade-answer.ts';
export { renderAdvice } from './markdown/render-advice.ts';
export { renderInline, renderMarkdown } from './markdown/render-markdown.ts';
export { foreignText, renderForeign } from './markdown/render-foreign.ts';
export type { ForeignMedia } from './markdown/render-foreign.ts';
export { renderLesson } from './markdown/render-lesson.ts';
export type { RenderedLesson } from './markdown/render-lesson.ts';
export type { Heading } from './markdown/finish-tree.ts';
export { LINT_RULES, lintCurriculum, lintFolder } from './lint/lint-curriculum.ts';
export type { LintOptions } from './lint/lint-curriculum.ts';
export { verifyCurriculum } from './verify/verify-curriculum.ts';
export type { VerifyOptions } from './verify/verify-curriculum.ts';
export { contentReport } from './report/content-report.ts';
export type { ContentReport, SkillReport } from './report/content-report.ts';
export { listAnswers } from './verify/list-answers.ts';
export type { TestAnswer } from './verify/list-answers.ts';
export { ITEM_KINDS, newItem, newSkill } from './scaffold/new-files.ts';
export type { NewFile, Scaffold } from './scaffold/new-files.ts';
export { createMatcher } from './match/matcher.ts';
export { readWords } from './match/words.ts';
export { createQuestionFinder } from './match/question-finder.ts';
export type { AskedAbout, QuestionFinder } from './match/question-finder.ts';
export type { Matcher } from './match/matcher.ts';
export type { NamedCareer } from './match/entries.ts';
export type { AskedSkill, GoalReading, Quoted } from './match/read-goal.ts';
export { readTime } from './match/read-time.ts';
export type { Span, TimeReading } from './match/read-time.ts';
export { EMPTY_VOCABULARY } from './schema/vocabulary.ts';
export type { Background, Outside, Role, Topic, Vocabulary } from './schema/vocabulary.ts';
export type { LabHead } from './schema/lab-head.ts';
export { createSearch } from './search/create-search.ts';
export type { KeptIndex, Search, SearchHit, SearchResults } from './search/create-search.ts';
export { listSearchEntries } from './search/list-entries.ts';
export { SEARCH_KINDS } from './search/search-entry.ts';
export type { Marked, SearchEntry, SearchKind } from './search/search-entry.ts';
