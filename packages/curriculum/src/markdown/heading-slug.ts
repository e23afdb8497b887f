/** Names headings of one text, each differently: `s-the-words-of-it`, the second one `s-the-words-of-it-2`. */
export function slugOf(): (text: string) => string {
  const taken = new Map<string, number>();
  return (text) => {
    const slug = `s-${text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}`;
    const times = (taken.get(slug) ?? 0) + 1;
    taken.set(slug, times);
    return times === 1 ? slug : `${slug}-${times}`;
  };
}
