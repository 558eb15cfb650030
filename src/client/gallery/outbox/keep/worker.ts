import { copyFile, type Copied } from './copy.ts';

/*
 * What would make the page stutter: reading and digesting files, and making small pictures of them where the browser
 * can do so outside the page. One thing at a time, in the order of asking.
 */

export type Task =
  | { id: number; kind: 'copy'; file: Blob; key: string; keeps: boolean }
  /** a JPEG whose longer side has at most so many pixels; several qualities until it is small enough */
  | { id: number; kind: 'picture'; file: Blob; side: number; maxBytes: number; qualities: number[] };

export type Done =
  | { id: number; copied: Copied }
  /** null: not here, or not this file */
  | { id: number; picture: Blob | null }
  | { id: number; failed: true };

interface Scope {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(done: Done): void;
}
const scope = self as unknown as Scope;

async function picture({ file, side, maxBytes, qualities }: Task & { kind: 'picture' }): Promise<Blob | null> {
  if (typeof OffscreenCanvas === 'undefined' || typeof createImageBitmap === 'undefined') return null;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  for (const quality of qualities) {
    const made = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (made.size <= maxBytes) return made;
  }
  return null;
}

async function work(task: Task): Promise<Done> {
  const { id } = task;
  try {
    return task.kind === 'copy'
      ? { id, copied: await copyFile(task.file, task.key, task.keeps) }
      : { id, picture: await picture(task) };
  } catch {
    return task.kind === 'copy' ? { id, failed: true } : { id, picture: null };
  }
}

let last: Promise<unknown> = Promise.resolve();
scope.onmessage = ({ data }) => {
  last = last.then(async () => scope.postMessage(await work(data)));
};
