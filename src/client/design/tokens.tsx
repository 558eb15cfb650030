import { Icon, PATHS, type IconName } from '../shared/ui/icon.tsx';
import { Section } from './section.tsx';

const COLOURS = `surface surface-raised surface-sunken line line-strong text text-quiet
  accent accent-text accent-line accent-soft good good-soft wait wait-soft bad bad-soft
  tone-0 tone-1 tone-2 tone-3 tone-4 tone-5`.split(/\s+/);
const SIZES = ['size-4', 'size-3', 'size-2', 'size', 'size-small'];
const RADII = ['radius-small', 'radius', 'radius-large'];
const ICONS = Object.keys(PATHS) as IconName[];

export function Tokens() {
  return (
    <>
      <Section title="Colours">
        <div class="design-swatches">
          {COLOURS.map((name) => (
            <div key={name}>
              <div class="swatch" style={{ background: `var(--${name})` }} />
              <p class="swatch-name" dir="ltr">
                {name}
              </p>
            </div>
          ))}
        </div>
      </Section>
      <Section title="Type, radii, shadow, icons">
        <div class="design-grid">
          <div class="design-scale stack">
            {SIZES.map((size) => (
              <p key={size} style={{ fontSize: `var(--${size})` }}>
                Summer party · حفلة الصيف
              </p>
            ))}
          </div>
          <div class="stack">
            {RADII.map((radius) => (
              <div key={radius} class="design-lift" style={{ borderRadius: `var(--${radius})` }} dir="ltr">
                {radius}
              </div>
            ))}
          </div>
          <div class="row-wrap">
            {ICONS.map((name) => (
              <span key={name} title={name}>
                <Icon name={name} />
              </span>
            ))}
          </div>
        </div>
      </Section>
    </>
  );
}
