/**
 * Single-key shortcuts. Ignored while typing, with a modifier held, and when turned off in settings.
 * An action that returns false leaves the key to the browser. Returns what removes them, so that it fits an effect.
 */
export function onKeys(keys: Record<string, (event: KeyboardEvent) => unknown>): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset['keys'] === 'off' || isField(event.target)) return;
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!act) return;
    if (act(event) !== false) event.preventDefault();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['radio', 'checkbox', 'button', 'submit', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
