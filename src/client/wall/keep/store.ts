/*
 * What a wall keeps on its device between two starts: small things, by name, in IndexedDB. A device that keeps
 * nothing (a private window, an old television) is asked again every time and shows photos all the same.
 */

const DATABASE = 'momentique-wall';
const TABLE = 'kept';

let opening: Promise<IDBDatabase> | null = null;

const open = (): Promise<IDBDatabase> =>
  (opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error || new Error('no database'));
    request.onblocked = () => reject(new Error('blocked'));
  }));

async function ask<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest): Promise<T | null> {
  try {
    const database = await open();
    return await new Promise<T | null>((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode);
      const request = act(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result === undefined ? null : (request.result as T));
      transaction.onabort = transaction.onerror = () => reject(transaction.error || new Error('not kept'));
    });
  } catch {
    return null;
  }
}

export const kept = <T>(name: string): Promise<T | null> => ask<T>('readonly', (table) => table.get(name));
export const keep = (name: string, value: unknown): Promise<unknown> =>
  ask('readwrite', (table) => table.put(value, name));
export const forget = (name: string): Promise<unknown> => ask('readwrite', (table) => table.delete(name));
