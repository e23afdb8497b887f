import { CERTIFICATIONS_FILE } from '../../load/load-guides.ts';
import type { LintRule } from '../rule.ts';

/** Weights make a whole exam, and what a certification names exists. */
export const certifications: LintRule = {
  name: 'certifications',
  check({ whole, curriculum, error }) {
    if (!whole) return;
    const known = new Map(curriculum.certifications.map((each) => [each.id, each]));
    for (const [n, { code, domains, successors }] of curriculum.certifications.entries()) {
      for (const id of successors) {
        const successor = known.get(id);
        if (!successor) error(CERTIFICATIONS_FILE, [n, 'successors'], `${id} is no certification; add it`);
        else if (successor.status === 'retired')
          error(CERTIFICATIONS_FILE, [n, 'successors'], `${id} is retired itself; name what can be taken`);
      }
      for (const [i, domain] of domains.entries()) {
        for (const id of domain.skills) {
          if (!curriculum.skills.has(id))
            error(CERTIFICATIONS_FILE, [n, 'domains', i], `${id} is no skill; correct the id`);
        }
      }
      const from = domains.reduce((sum, { weight }) => sum + weight.from, 0);
      const to = domains.reduce((sum, { weight }) => sum + weight.to, 0);
      if (domains.length > 0 && (from > 100 || to < 100))
        error(
          CERTIFICATIONS_FILE,
          [n, 'domains'],
          `the weights of ${code} make ${from === to ? from : `${from} to ${to}`}%, not 100%; read them again`,
        );
    }
  },
};
