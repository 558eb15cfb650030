import { useConsole } from '../../shell/console.tsx';
import type { FieldsProps } from './shared.tsx';

/** Accents that keep their contrast in light and dark, in the order of the rainbow; anything else is for the look page. */
const ACCENTS = ['#b4235a', '#c2410c', '#a16207', '#2f6f3e', '#0f766e', '#0b6e99', '#3556c9', '#7a3cff'] as const;
const ACCENT_WORDS = {
  '#b4235a': 'rose',
  '#c2410c': 'terracotta',
  '#a16207': 'gold',
  '#2f6f3e': 'green',
  '#0f766e': 'teal',
  '#0b6e99': 'lagoon',
  '#3556c9': 'blue',
  '#7a3cff': 'violet',
} as const;

export function LookFields({ form, set }: FieldsProps) {
  const { say } = useConsole();
  const own = form.accent && !(ACCENTS as readonly string[]).includes(form.accent) ? [form.accent] : [];
  const swatch = (accent: string | null, label: string) => (
    <label class="swatch" key={accent || 'own'} title={label}>
      <input
        type="radio"
        name="accent"
        value={accent || ''}
        checked={form.accent === accent}
        aria-label={label}
        onChange={() => set({ accent })}
      />
      <span class="swatch-colour" style={{ background: accent || 'var(--accent-line)' }} />
      {accent === null && <span class="swatch-words small">{label}</span>}
    </label>
  );
  return (
    <fieldset class="swatches">
      <legend class="said">{say.events('look')}</legend>
      {swatch(null, say.events('lookOfAccount'))}
      {ACCENTS.map((accent) => swatch(accent, say.events(ACCENT_WORDS[accent])))}
      {own.map((accent) => swatch(accent, accent))}
    </fieldset>
  );
}
