/** The value below which the share `q` (0..1) of the samples lie; nearest rank. */
export function percentile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

export const inMs = (value: number): number => Math.round(value * 100) / 100;
