/** Goals to start from. Their place is their address: `/?example=0`. */
export const goalExamples: readonly string[] = [
  'Move from DevOps to AI platforms',
  'Become an AI engineering architect',
  'Ship a RAG system I can defend',
];
