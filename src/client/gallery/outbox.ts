import type { OwnPhoto } from '../../contract/photos.ts';
import { randomKey, sendPhoto } from './send.ts';
import { afterFailure, newUpload, nextToSend, nextWake, type Upload, type UploadState } from './upload-rules.ts';

export interface Outbox {
  uploads(): readonly Upload[];
  preview(key: string): string | null;
  add(files: File[]): void;
  retry(key: string): void;
  remove(key: string): void;
  /** the guest has joined (again): what was held goes on */
  resume(): void;
}

export interface OutboxOptions {
  event: string;
  maxBytes: number;
  onChange: () => void;
  onSent: (photo: OwnPhoto) => void;
  onHeld: () => void;
}

/** Sends files one after another, two at a time, and tries again by itself; the rules are in `upload-rules.ts`. */
export function openOutbox(options: OutboxOptions): Outbox {
  let uploads: Upload[] = [];
  const files = new Map<string, File>();
  const previews = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(key: string, state: UploadState, attempts?: number): void {
    uploads = uploads.map((u) =>
      u.key === key ? { ...u, state, attempts: attempts === undefined ? u.attempts : attempts } : u,
    );
    options.onChange();
  }

  function pump(): void {
    clearTimeout(timer);
    for (const upload of nextToSend(uploads, Date.now())) void send(upload);
    const wait = nextWake(uploads, Date.now());
    if (wait !== null) timer = setTimeout(pump, Math.max(50, wait));
  }

  async function send(started: Upload): Promise<void> {
    const { key } = started;
    const file = files.get(key);
    if (!file) return;
    const attempts = started.attempts + 1;
    set(key, { kind: 'sending', fraction: 0 }, attempts);
    const answer = await sendPhoto(options.event, file, key, (fraction) => set(key, { kind: 'sending', fraction }));
    if (answer.ok) {
      files.delete(key);
      set(key, { kind: 'sent', photoId: answer.data.photo.id });
      options.onSent(answer.data.photo);
    } else {
      const state = afterFailure({ ...started, attempts }, answer, Date.now(), Math.random());
      set(key, state);
      if (state.kind === 'held') options.onHeld();
    }
    pump();
  }

  window.addEventListener('online', () => {
    uploads = uploads.map((u) => (u.state.kind === 'retrying' ? { ...u, state: { kind: 'queued' } } : u));
    pump();
  });
  window.addEventListener('beforeunload', (event) => {
    const isBusy = uploads.some(({ state }) => state.kind !== 'sent' && state.kind !== 'refused');
    if (!isBusy) return;
    event.preventDefault();
    event.returnValue = '';
  });

  return {
    uploads: () => uploads,
    preview: (key) => previews.get(key) || null,
    add(chosen) {
      for (const file of chosen) {
        const upload = newUpload(file, randomKey(), options.maxBytes);
        files.set(upload.key, file);
        previews.set(upload.key, URL.createObjectURL(file));
        uploads = uploads.concat(upload);
      }
      options.onChange();
      pump();
    },
    retry(key) {
      set(key, { kind: 'queued' }, 0);
      pump();
    },
    remove(key) {
      const preview = previews.get(key);
      if (preview) URL.revokeObjectURL(preview);
      previews.delete(key);
      files.delete(key);
      uploads = uploads.filter((upload) => upload.key !== key);
      options.onChange();
    },
    resume() {
      uploads = uploads.map((u) => (u.state.kind === 'held' ? { ...u, state: { kind: 'queued' }, attempts: 0 } : u));
      pump();
    },
  };
}
