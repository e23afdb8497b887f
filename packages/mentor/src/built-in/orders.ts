/**
 * Sentences that order a system about instead of asking a mentor: to forget its instructions, play somebody else, print what it was told,
 * change a record. No such order can be carried out here, whoever answers; they are set apart so that the rest can be answered.
 */
const ORDER =
  /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(previous|prior|above|earlier|all|your|any|these|the)\b.{0,30}\b(instruction|instructions|rule|rules|prompt|guideline|guidelines|guardrails|restrictions|training)\b|\b(you are|you're) now\b|\b(act|behave|respond|answer) as (if|an?|the)\b.{0,50}\b(admin|administrator|system|developer|unrestricted|dan|root|teacher with|examiner with|engine)\b|\b(pretend|imagine|suppose) (that )?(you|to be|i am|i'm) \b.{0,60}\b(admin|administrator|operator|developer|teacher|no rules|without rules|grader|examiner|unlocked)\b|\b(reveal|print|repeat|show|output|dump|display|recite|write out|translate)\b.{0,40}\b(system prompt|your (instructions|prompt|rules|configuration|guidelines)|hidden (tests?|prompt|instructions)|initial (prompt|instructions)|everything above|text above|words above)\b|\b(mark|set|flag|record|register|count|note|award|grant|give|change|update)\b.{0,50}\b(as )?(mastered|demonstrated|passed|complete|completed|unlocked|open|retained|applied|full marks|100 ?%|a pass|mastery|correct)\b|\b(unlock|open up|skip)\b.{0,30}\b(skill|skills|check|gate|stage|everything|all)\b|\bunlock (it|this|that)\b|\b(other|another) (learner|user|student|person)('?s)?\b.{0,40}\b(answer|answers|data|email|e-mail|name|progress|goal|record|ledger|conversation|conversations)\b|\b(developer|debug|god|admin|maintenance|jailbreak|sudo) mode\b|\b(system|admin|developer) ?(override|message|note|:)|<\/?(system|assistant|tool|function_call|tool_call)\b|\[(system|inst|admin)\]|"(tool|function|name)"\s*:\s*"|\btool_calls?\b|\b(i am|i'm|this is) (the|your|an?) (admin|administrator|operator|developer|creator|teacher|examiner|author|owner)\b|\bdecode (this|the following)\b|\b(base64|rot13|hex)\b.{0,40}\b(decode|execute|follow|do what|obey|instruction)/i;

export interface Sorted {
  /** What remains to be answered. */
  asked: string;
  orders: number;
}

/** Parts a message into what it asks and what it orders. */
export function sortOrders(message: string): Sorted {
  const parts = message.split(/(?<=[.!?;])\s+|\n+/).filter((part) => part.trim() !== '');
  const asked = parts.filter((part) => !ORDER.test(part));
  return { asked: asked.join(' ').trim(), orders: parts.length - asked.length };
}
