/** What calls for people and not for a mentor. */
export type Care = 'distress' | 'law';

const DISTRESS =
  /\b(kill(ing)? myself|suicid\w*|end (my life|it all)|want to die|don'?t want to (live|be here any ?more)|self.?harm|hurt(ing)? myself|cut(ting)? myself|no reason to live|better off dead|can'?t go on( living)?|hopeless about (life|everything)|panic attack|overdose|being abused|abuses me|hits me)\b/i;
/** A person's own case, not the subject of a lesson: "may we keep logs under the GDPR" is one, "can I sue my employer" is not. */
const LAW =
  /\b(can|should|may|could) i sue\b|\b(sue|suing) (my|him|her|them|the company)\b|\bneed a lawyer\b|\blegal advice\b|\bam i (being )?(fired|sued|liable personally)\b|\b(my )?(employer|boss|landlord|company)\b.{0,60}\b(fired|sacked|deposit|illegally|harass\w*|blackmail\w*|wage)\b|\b(arrested|police (came|want|charged)|charged with|court date|visa (was )?(rejected|expired)|deport\w*|custody of)\b/i;

export function findCare(text: string): Care | null {
  const plain = text.replace(/[’‘]/g, "'");
  if (DISTRESS.test(plain)) return 'distress';
  return LAW.test(plain) ? 'law' : null;
}

/** Short and kind; numbers of one country would be wrong in the next, so the directory that knows them all is named. */
export const CARE_WORDS: Readonly<Record<Care, string>> = {
  distress:
    'That sounds hard, and it matters more than any lesson. I am a program and cannot help with it, but people can. If you are in danger now, call your local emergency number. Somebody to talk to, free and in confidence, in your country: [findahelpline.com](https://findahelpline.com). If there is someone near you whom you trust, tell them today. Your work here is kept and can wait.',
  law: 'That is a question about your own rights, and a wrong answer could harm you. I am a program that teaches AI engineering and no lawyer. A lawyer, a legal-aid office, a union or a consumer centre where you live can look at your case; many give a first talk free of charge.',
};
