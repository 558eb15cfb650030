import type { WallPhoto } from '../../../../contract/boot.ts';
import type { Photo } from '../../../../contract/photos.ts';

/** What a wall needs of a photo; null while nothing of it can be shown. */
export function toWallPhoto({ renditions, id, by, caption, thumbhash, createdAt, reactions }: Photo): WallPhoto | null {
  const sizes = renditions.map(({ width, height, url }) => ({ width, height, url }));
  const large = sizes[sizes.length - 1];
  if (!large) return null;
  return { id, width: large.width, height: large.height, sizes, by, caption, thumbhash, createdAt, reactions };
}

/** Sky above and below, sun, far hills, near hills. */
const SCENES = [
  ['#f6c28b', '#e56b6f', '#fff3d6', '#8d5a97', '#355070'],
  ['#bfe3f5', '#6fb1dc', '#fffbe6', '#5d8f73', '#2f5d50'],
  ['#2b2d5b', '#7a4b94', '#f7e9b0', '#43306b', '#1d1b3a'],
  ['#fde2e4', '#f3b0c3', '#ffffff', '#b86b8f', '#6d3b5e'],
  ['#d9ed92', '#76c893', '#fefae0', '#3e8e7e', '#184e77'],
  ['#ffd9a0', '#ff9e6d', '#fff1c9', '#c8553d', '#5b2a2a'],
  ['#cfe8ef', '#9ac1d9', '#ffffff', '#6c8ead', '#33475b'],
  ['#f1e3d3', '#d8a48f', '#fff7ea', '#99664d', '#4a3228'],
] as const;

const drawing = (width: number, height: number, [top, low, sun, far, near]: (typeof SCENES)[number], at: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
  `<linearGradient id="a" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${low}"/></linearGradient>` +
  `<path fill="url(#a)" d="M0 0h${width}v${height}H0z"/>` +
  `<circle cx="${width * (0.22 + (at % 4) * 0.18)}" cy="${height * 0.32}" r="${height * 0.09}" fill="${sun}"/>` +
  `<path fill="${far}" d="M0 ${height * 0.7}C${width * 0.2} ${height * 0.48} ${width * 0.35} ${height * 0.5} ${width * 0.5} ${height * 0.64}S${width * 0.85} ${height * 0.52} ${width} ${height * 0.6}V${height}H0z"/>` +
  `<path fill="${near}" d="M0 ${height * 0.86}C${width * 0.25} ${height * 0.72} ${width * 0.4} ${height * 0.94} ${width * 0.62} ${height * 0.82}S${width * 0.9} ${height * 0.78} ${width} ${height * 0.84}V${height}H0z"/></svg>`;

/** Names that are none of anybody. */
const BY = ['Ada', 'Noor', 'Jonas', 'Mei'] as const;

/** Drawn pictures that stand in until an event has photos of its own; wide and tall ones, always the same. */
export const samplePhotos = (): WallPhoto[] =>
  SCENES.map((scene, at) => {
    const [width, height] = at % 3 === 1 ? [1200, 1600] : [1600, 1067];
    const url = `data:image/svg+xml,${encodeURIComponent(drawing(width, height, scene, at))}`;
    return {
      id: `sample-${at}`,
      width,
      height,
      sizes: [{ width, height, url }],
      by: BY[at % BY.length] || null,
      caption: null,
      thumbhash: null,
      createdAt: new Date(Date.UTC(2026, 0, 1, 20, at)).toISOString(),
      reactions: {},
    };
  });
