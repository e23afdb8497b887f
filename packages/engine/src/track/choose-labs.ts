/** A lab, as far as a track is concerned. */
export interface LabNode {
  id: string;
  /** What its rubric carries. */
  skills: readonly string[];
  minutes: number;
  /** Number of the stage it closes; null for an ordinary lab. */
  capstone: number | null;
}

/** Share of a capstone's skills that a track must hold for it to be that track's work (judgement: below half it is another's). */
const CAPSTONE_SHARE = 0.5;

/**
 * The labs that evidence what is asked for: as few as cover every target that some lab carries, each of them workable within the track,
 * then the capstones whose skills the track mostly holds. The same track gives the same labs.
 */
export function chooseLabs<L extends LabNode>(
  labs: readonly L[],
  { targets, skills }: { targets: readonly string[]; skills: readonly string[] },
): L[] {
  const inTrack = new Set(skills);
  const shareOf = (lab: L): number =>
    lab.skills.filter((id) => inTrack.has(id)).length / Math.max(1, lab.skills.length);
  const capstones = labs.filter((lab) => lab.capstone !== null && shareOf(lab) >= CAPSTONE_SHARE);
  const open = new Set(targets);
  for (const lab of capstones) for (const id of lab.skills) open.delete(id);
  const chosen: L[] = [];
  const left = labs.filter((lab) => lab.capstone === null);
  while (open.size > 0) {
    const worth = (lab: L): number => lab.skills.filter((id) => open.has(id)).length;
    const [best] = left
      .filter((lab) => worth(lab) > 0)
      .sort((a, b) => worth(b) - worth(a) || shareOf(b) - shareOf(a) || a.minutes - b.minutes);
    if (best === undefined) break;
    chosen.push(best);
    left.splice(left.indexOf(best), 1);
    for (const id of best.skills) open.delete(id);
  }
  return [...chosen, ...capstones];
}
