import type { ComponentChildren } from 'preact';

const HUES = 6;

/** Letters that stand for a name: of its first and last word. */
function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => (/[\p{L}\p{N}]/u.exec(word) || [''])[0] || '');
  const first = letters[0] || '';
  const last = letters.length > 1 ? letters[letters.length - 1] || '' : '';
  // Arabic letters would join into a word that nobody means.
  return (/[\u0590-\u08ff]/.test(first) ? first : first + last).toLocaleUpperCase();
}

function hueOf(name: string): number {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) % 9973;
  return sum % HUES;
}

/** Stands beside a name and says nothing that the name does not. */
export function Avatar({ name, size }: { name: string; size?: 'small' }) {
  return (
    <span class={`avatar avatar-${hueOf(name)}${size ? ' avatar-small' : ''}`} aria-hidden="true">
      {initials(name) || '·'}
    </span>
  );
}

export interface BadgeProps {
  tone?: 'good' | 'wait' | 'bad' | 'plain';
  children: ComponentChildren;
}

export function Badge({ tone = 'plain', children }: BadgeProps) {
  return <span class={tone === 'plain' ? 'badge' : `badge badge-${tone}`}>{children}</span>;
}

export interface ProgressProps {
  label: string;
  value: number;
  /** what `value` grows to */
  max: number;
}

export function Progress({ label, value, max }: ProgressProps) {
  const fraction = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
    >
      <div class="progress-bar" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}
