/**
 * What was filled in before the page came back, by field name. A field without such a value gets `undefined`, never `''` or
 * `false`: those would wipe, when the script arrives, what was typed before it did.
 */
export type Kept = Record<string, string[]>;
