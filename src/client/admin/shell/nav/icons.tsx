/*
 * Stroke icons on a grid of 20, drawn for this console. Those that point are mirrored where one reads
 * from right to left (`shell.css`).
 */
const PATHS = {
  events:
    'M3.5 7h13M6.75 2.75v2.5M13.25 2.75v2.5M4.5 4h11a1 1 0 0 1 1 1v10.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z',
  team: 'M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16.25c0-2.6 2.2-4.25 5-4.25s5 1.65 5 4.25M12.9 9.3a2.5 2.5 0 1 0-.4-4.9M14.5 12.2c1.9.5 3 1.9 3 4.05',
  look: 'M10 2.75s-5.25 5.2-5.25 9a5.25 5.25 0 0 0 10.5 0c0-3.8-5.25-9-5.25-9zM7.5 12.1a2.5 2.5 0 0 0 2.1 2.3',
  account:
    'M4.5 16.5v-12a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v12M12.5 8.5h2a1 1 0 0 1 1 1v7M2.75 16.5h14.5M7 6.75h.01M10 6.75h.01M7 9.75h.01M10 9.75h.01M7.25 16.5v-3h2.5v3',
  home: 'M3 9.5 10 3.5l7 6M4.75 8v7.5a1 1 0 0 0 1 1h8.5a1 1 0 0 0 1-1V8M8.25 16.5v-4.25h3.5v4.25',
  photos:
    'M4.5 3.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM3.75 14.25 7.5 10l3 3.25 2.25-2.25 3.5 3.5M13 6.9h.01',
  albums: 'M6 3.5h8M4.5 6h11M4 8.5h12a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z',
  reports: 'M5 17V3.25M5 4.25c3.4-1.9 5.9 1.4 10.25 0v7C10.9 12.65 8.4 9.35 5 11.25',
  guests: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5c0-3 2.6-4.75 6-4.75s6 1.75 6 4.75',
  helpers:
    'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 12.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM5.05 5.05l3 3M11.95 11.95l3 3M14.95 5.05l-3 3M8.05 11.95l-3 3',
  share:
    'M3.5 3.5h4.75v4.75H3.5zM11.75 3.5h4.75v4.75h-4.75zM3.5 11.75h4.75v4.75H3.5zM11.75 11.75h2v2M16.5 11.75h.01M11.75 16.5h.01M16.5 14.75v1.75h-1.75',
  settings:
    'M3 6h7.75M15 6h2M3 14h2M9.25 14H17M12.9 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7.1 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13.1 13.1l3.65 3.65',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  lock: 'M5.5 9h9a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM7 9V6.5a3 3 0 0 1 6 0V9',
  out: 'M8 3.5H5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h3M12.5 6.5 16 10l-3.5 3.5M16 10H8',
  open: 'M8.5 4.5h-4v11h11v-4M12 3.5h4.5V8M16.5 3.5 9.75 10.25',
  wall: 'M3.5 4h13a.5.5 0 0 1 .5.5V13a.5.5 0 0 1-.5.5h-13A.5.5 0 0 1 3 13V4.5a.5.5 0 0 1 .5-.5zM7 16.5h6M10 13.5v3',
  site: 'M10 17.250s5.500-4.600 5.500-8.750a5.500 5.500 0 0 0-11 0c0 4.150 5.500 8.750 5.500 8.750zM10 10.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  stage:
    'M3.5 4h13a.5.5 0 0 1 .5.5v11a.5.5 0 0 1-.5.5h-13a.5.5 0 0 1-.5-.5v-11a.5.5 0 0 1 .5-.5zM10 6.5l1.1 2.25 2.4.35-1.75 1.7.4 2.45L10 12.1l-2.15 1.15.4-2.450L6.500 9.100l2.400-.35z',
  rehearsal:
    'M3.5 8.5h13v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1zM3.5 8.5 2.9 5.75l12.6-2.9.6 2.75zM7 4.85l1.6 2.4M11.200 3.9l1.6 2.4',
  back: 'M12.25 4.5 6.75 10l5.5 5.5',
  command: 'M4 6.5 7.5 10 4 13.5M10 14h6',
  keyboard:
    'M3.5 5.5h13a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.75 11.5h6.5',
  language: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c2 2 3 4.400 3 7s-1 5-3 7c-2-2-3-4.400-3-7s1-5 3-7z',
  close: 'M5 5l10 10M15 5 5 15',
} as const;

export type IconName = keyof typeof PATHS;

const POINTING: readonly IconName[] = ['reports', 'out', 'open', 'back', 'photos', 'command'];

/** A picture beside words: it says nothing by itself. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={POINTING.includes(name) ? 'icon icon-points' : 'icon'}
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width={name === 'more' ? 2.25 : 1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
