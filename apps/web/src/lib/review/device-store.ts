import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ReviewPack } from '@edirae/school';
import type { WaitingGrade } from './offline-queue.ts';

/** What this browser keeps: the cards to go on with, and grades that the server does not have yet. */
interface DeviceSchema extends DBSchema {
  pack: { key: 'current'; value: ReviewPack };
  waiting: { key: string; value: WaitingGrade };
}

let opened: Promise<IDBPDatabase<DeviceSchema>> | undefined;

function open(): Promise<IDBPDatabase<DeviceSchema>> {
  opened ??= openDB<DeviceSchema>('edirae-review', 1, {
    upgrade(db) {
      db.createObjectStore('pack');
      db.createObjectStore('waiting', { keyPath: 'id' });
    },
  });
  return opened;
}

export async function loadPack(): Promise<ReviewPack | undefined> {
  return (await open()).get('pack', 'current');
}

export async function keepPack(pack: ReviewPack): Promise<void> {
  await (await open()).put('pack', pack, 'current');
}

export async function dropPack(): Promise<void> {
  await (await open()).delete('pack', 'current');
}

/** By the time they were given. */
export async function listWaiting(): Promise<WaitingGrade[]> {
  return (await (await open()).getAll('waiting')).sort((a, b) => a.at - b.at);
}

export async function keepWaiting(grade: WaitingGrade): Promise<void> {
  await (await open()).put('waiting', grade);
}

export async function dropWaiting(ids: readonly string[]): Promise<void> {
  const tx = (await open()).transaction('waiting', 'readwrite');
  await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
}
