const PLACE = 'tab';
const LOCK = 'tab/';

export interface ThisTab {
  id: string;
  /** Whether a tab of this name is open somewhere in this browser. */
  isOpen: (tab: string) => boolean;
}

/**
 * A name for this tab that it keeps when it is loaded again. A lock is held while it is open, so that others can tell;
 * a duplicated tab finds its name taken and gets another. Without locks (a page that is not secure) nobody is known to be gone.
 */
export async function nameThisTab(): Promise<ThisTab> {
  const { locks } = navigator as { locks?: LockManager };
  name ??= chooseName(locks);
  const id = await name;
  if (!locks) return { id, isOpen: () => true };
  const { held } = await locks.query();
  const open = new Set(held?.map((lock) => lock.name));
  return { id, isOpen: (tab) => open.has(LOCK + tab) };
}

let name: Promise<string> | undefined;

async function chooseName(locks: LockManager | undefined): Promise<string> {
  let id = sessionStorage.getItem(PLACE) ?? newId();
  // A page that is loaded again may be here before its predecessor let go.
  if (locks && !(await hold(locks, id)) && !(await holdLater(locks, id))) {
    id = newId();
    await hold(locks, id);
  }
  sessionStorage.setItem(PLACE, id);
  return id;
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

async function holdLater(locks: LockManager, id: string): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 150));
  return hold(locks, id);
}

/** Holds the tab's lock until it closes. False where another has it. */
function hold(locks: LockManager, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    void locks.request(LOCK + id, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise<never>(() => undefined) : undefined;
    });
  });
}
