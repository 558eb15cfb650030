/** Drawn on 24 × 24 with a line of 2, round at its ends; those that point turn around in right-to-left pages. */
export const PATHS = {
  add: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM15 5V4H4v11h1',
  down: 'M6 9l6 6 6-6',
  download: 'M12 4v12M7 11l5 5 5-5M5 20h14',
  edit: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  forward: 'M9 5l7 7-7 7',
  info: 'M12 11v5M12 8v.01M12 21a9 9 0 100-18 9 9 0 000 18z',
  more: 'M5 12v.01M12 12v.01M19 12v.01',
  moon: 'M20 14A8.5 8.5 0 0110 4a8.5 8.5 0 1010 10z',
  phone: 'M7 3h10v18H7zM11 18h2',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9v.01',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  search: 'M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.500L20 20',
  sun: 'M12 16a4 4 0 100-8 4 4 0 000 8zM12 3v1M12 20v1M3 12h1M20 12h1M5.6 5.600l.7.7M17.7 17.700l.7.7M5.6 18.400l.7-.7M17.7 6.300l.7-.7',
  undo: 'M8 6L4 10l4 4M4 10h10a5 5 0 010 10h-3',
  upload: 'M12 16V5M7 10l5-5 5 5M5 19h14',
  warning: 'M12 10v4M12 17v.01M12 4L2.5 20h19z',
} as const;

export type IconName = keyof typeof PATHS;

const POINTING: readonly string[] = ['back', 'forward', 'undo'];

/** A small picture beside words, or inside something that has a name; it says nothing by itself. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={POINTING.indexOf(name) < 0 ? 'icon' : 'icon icon-points'}
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width={name === 'more' ? 3 : 2}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
