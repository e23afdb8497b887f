/**
 * A page's policy with its nonce named for styles too. The editor of labs writes its styles while it runs, under that
 * nonce. Kit names it for styles only where it wrote some itself, and a page that is moved to keeps the policy of the first.
 */
export function allowStyles(policy: string): string {
  const nonce = /'nonce-[^']+'/.exec(policy)?.[0];
  const styles = policy.split(';').find((directive) => directive.trim().startsWith('style-src '));
  // While developing, every inline style is let in, and a nonce beside that would shut them out.
  if (nonce === undefined || styles === undefined || /'unsafe-inline'|'nonce-/.test(styles)) return policy;
  return policy.replace(styles, `${styles} ${nonce}`);
}
