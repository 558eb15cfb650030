import type { ComponentChildren } from 'preact';
import type { Say } from '../admin/shell/words.ts';

export interface SampleProps {
  t: Say['admin'];
  desk: Say['desk'];
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="design-section" aria-label={title}>
      <h2 lang="en">{title}</h2>
      {children}
    </section>
  );
}

/** Names of people as they come: short, long, of other scripts, hostile. */
export const NAMES = [
  'Mia Okafor',
  'Konstantin Aleksandropoulos-Winterscheidt',
  'ليلى الحسن',
  '‮gnorw eht yaw',
  '🎉',
  'Ω',
];
