import { useEffect, useState } from 'preact/hooks';
import { DISPLAY_FACES, FACES, type DisplayFace } from '../../../contract/theme/faces.ts';
import { derivePalettes, TEMPERATURES, TEXT_CONTRAST, type Temperature } from '../../../contract/theme/palette.ts';
import { RadioCards } from '../../shared/ui/choice.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { useConsole } from '../shell/console.tsx';
import { legibilityOf, readColour, type Draft } from './look-rules.ts';

const SUGGESTIONS = `#7a3cff #3b5bdb #0b7285 #2b8a3e #c77700 #d9480f #c92a2a #b4235a #862e9c #343a40`.split(' ');
const FACE_WORDS = {
  system: 'faceSystem',
  serif: 'faceSerif',
  rounded: 'faceRounded',
  geometric: 'faceGeometric',
  condensed: 'faceCondensed',
} as const satisfies Record<DisplayFace, string>;
const GREY_WORDS = { cool: 'cool', neutral: 'neutral', warm: 'warm' } as const satisfies Record<Temperature, string>;
/** Contrast from which nobody has to look twice (WCAG 2.2, 1.4.6); lines and icons need that of text. */
const EXCELLENT = { text: 7, line: TEXT_CONTRAST };

export interface ControlProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

export function AccentField({ draft, onChange }: ControlProps) {
  const { say } = useConsole();
  const [text, setText] = useState(draft.accent);
  // What was chosen elsewhere, or taken back, is shown; half a code that is being typed stays.
  useEffect(() => {
    if (readColour(text) !== draft.accent) setText(draft.accent);
  }, [draft.accent]);
  const type = (value: string) => {
    setText(value);
    const accent = readColour(value);
    if (accent) onChange({ accent });
  };
  return (
    <section class="section" aria-label={say.look('accent')}>
      <h2>{say.look('accent')}</h2>
      <p>{say.look('accentHint')}</p>
      <div class="look-accent">
        <input
          class="look-picker"
          type="color"
          value={draft.accent}
          aria-label={say.look('accentPick')}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <TextField
          label={say.look('accentCode')}
          name="accent"
          dir="ltr"
          value={text}
          maxLength={9}
          autocomplete="off"
          onInput={type}
          error={readColour(text) ? null : say.look('accentWrong')}
        />
      </div>
      <div class="look-swatches" role="group" aria-label={say.look('suggestions')}>
        {SUGGESTIONS.map((colour) => (
          <button
            key={colour}
            type="button"
            class="look-swatch"
            style={{ backgroundColor: colour }}
            aria-label={say.look('suggestion', { colour })}
            aria-pressed={colour === draft.accent}
            onClick={() => type(colour)}
          />
        ))}
      </div>
    </section>
  );
}

export function GreysField({ draft, onChange }: ControlProps) {
  const { say } = useConsole();
  return (
    <RadioCards
      legend={say.look('greys')}
      name="temperature"
      columns
      value={draft.temperature}
      options={TEMPERATURES.map((temperature) => {
        const { light, dark } = derivePalettes({ accent: draft.accent, temperature });
        const strip = [light.surfaceSunken, light.line, light.lineStrong, dark.surfaceSunken, dark.surface];
        return {
          value: temperature,
          label: say.look(GREY_WORDS[temperature]),
          hint: (
            <span class="look-greys" aria-hidden="true">
              {strip.map((colour) => (
                <span key={colour} style={{ backgroundColor: colour }} />
              ))}
            </span>
          ),
        };
      })}
      onChange={(temperature) => onChange({ temperature })}
    />
  );
}

export function FaceField({ draft, onChange }: ControlProps) {
  const { say } = useConsole();
  return (
    <RadioCards
      legend={say.look('face')}
      name="face"
      hint={say.look('faceHint')}
      value={draft.displayFace}
      options={DISPLAY_FACES.map((face) => ({
        value: face,
        label: say.look(FACE_WORDS[face]),
        icon: (
          <span class="look-face" style={{ fontFamily: FACES[face].family, fontWeight: FACES[face].weight }}>
            {say.look('sampleEvent')}
          </span>
        ),
      }))}
      onChange={(displayFace) => onChange({ displayFace })}
    />
  );
}

/** The figures of contrast, in words: nobody has to know what 4.5 means. */
export function LegibilityNote({ draft }: { draft: Draft }) {
  const { boot, say } = useConsole();
  const facts = legibilityOf(draft);
  const figure = new Intl.NumberFormat(boot.locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  // Rounded down: a figure never promises more than there is.
  const grade = (value: number, excellent = EXCELLENT.text) =>
    say.look(value >= excellent ? 'excellent' : 'good', { ratio: figure.format(Math.floor(value * 10) / 10) });
  return (
    <section class="section" aria-label={say.look('legibility')} data-legibility>
      <h2>{say.look('legibility')}</h2>
      <dl class="look-facts">
        <dt>{say.look('legibleButton')}</dt>
        <dd>{grade(facts.button)}</dd>
        <dt>{say.look('legibleText')}</dt>
        <dd>{grade(facts.text)}</dd>
        <dt>{say.look('legibleLine')}</dt>
        <dd>{grade(facts.line, EXCELLENT.line)}</dd>
      </dl>
      <p class="quiet small" role="status">
        {!facts.isDarker && !facts.isLighter && say.look('exact')}
        {facts.isDarker && say.look('darker')} {facts.isLighter && say.look('lighter')}
      </p>
    </section>
  );
}
