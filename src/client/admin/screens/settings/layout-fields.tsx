import type { ScreenLayout } from '../../../../contract/screens.ts';
import { RadioCards } from '../../../shared/ui/choice.tsx';
import { SelectField } from '../../../shared/ui/field.tsx';
import { useConsole } from '../../shell/console.tsx';
import { LAYOUTS, withValue } from '../screen-rules.ts';
import { LAYOUT_WORDS } from '../screen-words.ts';
import { LayoutPicture } from './layout-picture.tsx';
import type { FieldsProps } from './fields.ts';

const MINUTES = [1, 2, 3, 5, 10, 15, 20, 30, 60];
const ALL = Object.keys(LAYOUT_WORDS) as ScreenLayout['layout'][];

/** How photos stand on the screen; of a rotation, which ways and how long each. */
export function LayoutFields({ form, set, problems }: FieldsProps) {
  const { say } = useConsole();
  const toggle = (one: (typeof LAYOUTS)[number]) =>
    set({ rotation: LAYOUTS.filter((layout) => form.rotation.includes(layout) !== (layout === one)) });
  return (
    <>
      <div class="layout-cards">
        <RadioCards
          legend={say.screens('layoutLegend')}
          name="layout"
          value={form.layout}
          options={ALL.map((value) => ({
            value,
            label: say.screens(LAYOUT_WORDS[value]),
            icon: <LayoutPicture layout={value} />,
          }))}
          onChange={(layout) => set({ layout })}
        />
      </div>
      {form.layout === 'rotate' && (
        <div class="settings-inner stack">
          <fieldset class="radios">
            <legend>{say.screens('rotation')}</legend>
            <div class="layout-choices">
              {LAYOUTS.map((layout) => (
                <label key={layout} class="layout-choice">
                  <input
                    type="checkbox"
                    name={`rotation-${layout}`}
                    checked={form.rotation.includes(layout)}
                    onChange={() => toggle(layout)}
                  />
                  <span>{say.screens(LAYOUT_WORDS[layout])}</span>
                </label>
              ))}
            </div>
            {problems.includes('rotation') && (
              <p class="field-error" role="alert">
                {say.screens('rotationMissing')}
              </p>
            )}
          </fieldset>
          <SelectField
            label={say.screens('rotateMinutes')}
            name="rotateMinutes"
            value={String(form.rotateMinutes)}
            options={withValue(MINUTES, form.rotateMinutes).map((count) => ({
              value: String(count),
              label: say.screens('minutesValue', { count }),
            }))}
            onChange={(minutes) => set({ rotateMinutes: Number(minutes) })}
          />
        </div>
      )}
    </>
  );
}
