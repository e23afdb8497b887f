/** What was filled in before the page came back, by field name. */
export type Kept = Record<string, string[]>;
