import type { Variant } from '@edirae/curriculum';
import type { IssueFacts } from '@edirae/engine';

/** An issue as recorded, with the variant exactly as it was shown: a later edit of the content changes neither. */
export interface ShownIssue {
  facts: IssueFacts;
  variant: Variant;
}
