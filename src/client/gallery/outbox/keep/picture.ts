import { PREVIEW_MAX_BYTES, PREVIEW_MAX_SIDE_PIXELS } from '../../../../contract/values/preview-limits.ts';
import { pictureAside } from './helper.ts';

/** A file that a browser neither shows nor refuses for so long is one it cannot show. */
const PATIENCE_MS = 20_000;
/** Where in a video its poster is: past the blur of raising the phone. */
const POSTER_AT = 0.1;
/** The same where a recording was never closed properly and does not know how long it is. */
const POSTER_AT_SECONDS = 0.5;
const QUALITIES = [0.85, 0.6, 0.4];
/** Twice the 56 pixels of a row. */
const THUMB_SIDE_PIXELS = 112;
const THUMB_MAX_BYTES = 60_000;

type Source = HTMLImageElement | HTMLVideoElement;

/** Resolves with the event, rejects with an error of the element or when patience ends. */
const until = (element: Source, name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(name)), PATIENCE_MS);
    element.addEventListener(name, () => (clearTimeout(timer), resolve()), { once: true });
    element.addEventListener('error', () => (clearTimeout(timer), reject(new Error('error'))), { once: true });
  });

function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

interface Size {
  side: number;
  maxBytes: number;
}
const PREVIEW: Size = { side: PREVIEW_MAX_SIDE_PIXELS, maxBytes: PREVIEW_MAX_BYTES };
const THUMB: Size = { side: THUMB_SIDE_PIXELS, maxBytes: THUMB_MAX_BYTES };

/** A JPEG of that size. The canvas is given back at once: browsers are slow to do so by themselves. */
async function draw(source: Source, width: number, height: number, size: Size): Promise<Blob | null> {
  const scale = Math.min(1, size.side / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context || !width || !height) return null;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  let blob: Blob | null = null;
  for (const quality of QUALITIES) {
    blob = await toJpeg(canvas, quality);
    if (!blob || blob.size <= size.maxBytes) break;
  }
  canvas.width = canvas.height = 0;
  return blob && blob.size <= size.maxBytes ? blob : null;
}

async function ofPhoto(url: string, size: Size): Promise<Blob | null> {
  const image = new Image();
  const loaded = until(image, 'load');
  image.src = url;
  await loaded;
  const picture = await draw(image, image.naturalWidth, image.naturalHeight, size);
  image.removeAttribute('src');
  return picture;
}

async function ofVideo(url: string, size: Size): Promise<Blob | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  try {
    const loaded = until(video, 'loadeddata');
    video.src = url;
    video.load();
    await loaded;
    const there = until(video, 'seeked');
    video.currentTime = isFinite(video.duration) ? video.duration * POSTER_AT : POSTER_AT_SECONDS;
    await there;
    return await draw(video, video.videoWidth, video.videoHeight, size);
  } finally {
    video.removeAttribute('src');
    video.load();
  }
}

async function make(file: Blob, isVideo: boolean, size: Size): Promise<Blob | null> {
  if (!isVideo) {
    const made = await pictureAside(file, size.side, size.maxBytes, QUALITIES);
    if (made) return made;
  }
  const url = URL.createObjectURL(file);
  try {
    return await (isVideo ? ofVideo(url, size) : ofPhoto(url, size));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * A picture of a file that the server does not decode, or one that stands for it, by the browser that can show it.
 * @returns null when this browser cannot
 */
export const makePicture = (file: Blob, isVideo: boolean): Promise<Blob | null> => make(file, isVideo, PREVIEW);

let last: Promise<unknown> = Promise.resolve();

/** A small one for a row of the list; one at a time, however many are asked for. */
export function makeThumb(file: Blob, isVideo: boolean): Promise<Blob | null> {
  const made = last.then(() => make(file, isVideo, THUMB));
  last = made;
  return made;
}
