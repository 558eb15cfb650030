import { readLease, takeLease } from './store.ts';

/*
 * One tab of a host, or its service worker, sends the photos of an event. Who, says a lease in the database: a phone
 * freezes tabs without telling them, and a frozen one must not keep the others from sending. Where the browser has
 * locks, they say besides that a tab was closed, so that nobody waits for its lease to end.
 */

export const LEASE_MS = 8_000;
export const BEAT_MS = 2_500;

const lockOf = (tab: string) => `momentique-tab-${tab}`;

/** Shows to others that this tab is there, until it is closed; whoever asks before it is shown would think it gone. */
export const showAlive = (tab: string): Promise<void> =>
  new Promise((resolve) => {
    if (!navigator.locks) return resolve();
    const held = () => {
      resolve();
      return new Promise(() => undefined);
    };
    navigator.locks.request(lockOf(tab), held).catch(() => resolve());
  });

/** Whether a tab has been closed; where the browser has no locks nobody knows, and its lease has to end. */
async function isClosed(tab: string): Promise<boolean> {
  if (!navigator.locks || !navigator.locks.query) return false;
  const { held = [] } = await navigator.locks.query();
  return !held.some(({ name }) => name === lockOf(tab));
}

/**
 * Takes what is named, or keeps it for another while.
 * @returns `kept`: nobody had it in between; `taken`: it is new to this tab; null: another has it
 */
export async function hold(name: string, tab: string): Promise<'kept' | 'taken' | null> {
  try {
    const lease = await readLease(name);
    const dead = lease && lease.tab !== tab && (await isClosed(lease.tab)) ? lease.tab : null;
    const { before, now } = await takeLease(name, { tab, until: Date.now() + LEASE_MS }, dead);
    return now !== tab ? null : before === tab ? 'kept' : 'taken';
  } catch {
    return null;
  }
}

/** Whether the tab that has this is still at work. */
export async function isHeld(name: string): Promise<boolean> {
  const lease = await readLease(name);
  return lease !== undefined && lease.until >= Date.now() && !(await isClosed(lease.tab));
}

/** Gives it back, so that the next need not wait. */
export const letGo = (name: string, tab: string): Promise<unknown> =>
  takeLease(name, { tab, until: 0 }, null).catch(() => undefined);
