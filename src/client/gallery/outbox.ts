import type { BootFormat } from '../../contract/boot.ts';
import type { OwnPhoto } from '../../contract/photos.ts';
import { makePreview } from './preview.ts';
import { randomKey, sendPhoto, sendPreview } from './send.ts';
import {
  afterFailure,
  afterSent,
  afterUnshowable,
  newUpload,
  nextToPrepare,
  nextToSend,
  nextWake,
  type Upload,
} from './upload-rules.ts';

export interface Outbox {
  uploads(): readonly Upload[];
  preview(key: string): string | null;
  add(files: File[]): void;
  retry(key: string): void;
  /** sends what this browser cannot show: the host gets the file, although nobody may see it */
  sendAnyway(key: string): void;
  remove(key: string): void;
  /** the guest has joined (again): what was held goes on */
  resume(): void;
}

export interface OutboxOptions {
  event: string;
  formats: readonly BootFormat[];
  onChange: () => void;
  onSent: (photo: OwnPhoto) => void;
  onHeld: () => void;
}

/** Sends files one after another, two at a time, and tries again by itself; the rules are in `upload-rules.ts`. */
export function openOutbox(options: OutboxOptions): Outbox {
  let uploads: Upload[] = [];
  const files = new Map<string, File>();
  /** pictures made of files that the server does not decode */
  const pictures = new Map<string, Blob>();
  const previews = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function change(key: string, to: (upload: Upload) => Upload): void {
    uploads = uploads.map((upload) => (upload.key === key ? to(upload) : upload));
    const now = uploads.filter((upload) => upload.key === key)[0];
    if (now && now.state.kind === 'sent') {
      files.delete(key);
      pictures.delete(key);
    }
    options.onChange();
  }

  function show(key: string, picture: Blob | null): void {
    const before = previews.get(key);
    if (before) URL.revokeObjectURL(before);
    if (picture) previews.set(key, URL.createObjectURL(picture));
    else previews.delete(key);
  }

  function pump(): void {
    clearTimeout(timer);
    const unprepared = nextToPrepare(uploads);
    if (unprepared) void prepare(unprepared);
    for (const upload of nextToSend(uploads, Date.now())) void send(upload);
    const wait = nextWake(uploads, Date.now());
    if (wait !== null) timer = setTimeout(pump, Math.max(50, wait));
  }

  async function prepare({ key, isVideo }: Upload): Promise<void> {
    const file = files.get(key);
    if (!file) return;
    change(key, (upload) => ({ ...upload, state: { kind: 'preparing' } }));
    const picture = await makePreview(file, isVideo);
    // Removed meanwhile.
    if (!files.has(key)) return;
    if (picture) {
      pictures.set(key, picture);
      show(key, picture);
      change(key, (upload) => ({ ...upload, preview: 'made', state: { kind: 'queued' } }));
    } else change(key, (upload) => afterUnshowable(upload, file, options.formats));
    pump();
  }

  async function send(started: Upload): Promise<void> {
    const { key, photoId } = started;
    const body = photoId === null ? files.get(key) : pictures.get(key);
    if (!body) return;
    const attempts = started.attempts + 1;
    const onFraction = (fraction: number) =>
      change(key, (upload) => ({ ...upload, attempts, state: { kind: 'sending', fraction } }));
    onFraction(0);
    const answer =
      photoId === null
        ? await sendPhoto({
            event: options.event,
            file: body,
            key,
            isPreviewed: started.preview === 'made',
            onFraction,
          })
        : await sendPreview(options.event, photoId, body);
    if (answer.ok) {
      const { photo } = answer.data;
      change(key, (upload) =>
        photoId === null ? afterSent(upload, photo) : { ...upload, state: { kind: 'sent', photoId } },
      );
      options.onSent(photo);
    } else {
      const state = afterFailure({ ...started, attempts }, answer, Date.now(), Math.random());
      change(key, (upload) => ({ ...upload, state }));
      if (state.kind === 'held') options.onHeld();
    }
    pump();
  }

  window.addEventListener('online', () => {
    uploads = uploads.map((u) => (u.state.kind === 'retrying' ? { ...u, state: { kind: 'queued' } } : u));
    pump();
  });
  window.addEventListener('beforeunload', (event) => {
    const isBusy = uploads.some(({ state }) => ['sent', 'refused', 'unshowable'].indexOf(state.kind) < 0);
    if (!isBusy) return;
    event.preventDefault();
    event.returnValue = '';
  });

  return {
    uploads: () => uploads,
    preview: (key) => previews.get(key) || null,
    add(chosen) {
      for (const file of chosen) {
        const upload = newUpload(file, randomKey(), options.formats);
        files.set(upload.key, file);
        // A picture of its own is on its way, and the file may be one that cannot be shown.
        if (upload.preview === 'none') show(upload.key, file);
        uploads = uploads.concat(upload);
      }
      options.onChange();
      pump();
    },
    retry(key) {
      change(key, (upload) => ({ ...upload, attempts: 0, state: { kind: 'queued' } }));
      pump();
    },
    sendAnyway(key) {
      change(key, (upload) => ({ ...upload, state: { kind: 'queued' } }));
      pump();
    },
    remove(key) {
      show(key, null);
      files.delete(key);
      pictures.delete(key);
      uploads = uploads.filter((upload) => upload.key !== key);
      options.onChange();
      // What was held up by it goes on.
      pump();
    },
    resume() {
      uploads = uploads.map((u) => (u.state.kind === 'held' ? { ...u, state: { kind: 'queued' }, attempts: 0 } : u));
      pump();
    },
  };
}
