import type { StaffEvent } from '../../../contract/events.ts';
import type { ScreenLayout } from '../../../contract/screens.ts';
import type { Site } from '../../../contract/sites.ts';
import { SelectField } from '../../shared/ui/field.tsx';
import { useConsole } from '../shell/console.tsx';
import { TextField } from '../shell/ui.tsx';
import { withValue, type ScreenForm } from './screen-rules.ts';

const NAME_MAX = 120;
const SECONDS = [4, 5, 6, 8, 10, 12, 15, 20, 30];
const OVERSCAN = [0, 1, 2, 3, 4, 5, 6, 8, 10];

export const LAYOUT_WORDS = {
  full: 'layoutFull',
  mosaic: 'layoutMosaic',
  polaroid: 'layoutPolaroid',
  spotlight: 'layoutSpotlight',
  split: 'layoutSplit',
  rotate: 'layoutRotate',
} as const satisfies Record<ScreenLayout['layout'], string>;
const LAYOUTS = Object.keys(LAYOUT_WORDS) as ScreenLayout['layout'][];

const QR_WORDS = { always: 'qrAlways', between: 'qrBetween', off: 'qrOff' } as const;
const QR = Object.keys(QR_WORDS) as ScreenLayout['qr'][];

/** What a screen may be put on, and where it may stand. */
export interface Places {
  events: readonly Pick<StaffEvent, 'id' | 'name' | 'status'>[];
  sites: readonly Pick<Site, 'id' | 'name'>[];
}

interface Props {
  form: ScreenForm;
  onChange: (form: ScreenForm) => void;
  places: Places;
  nameError: string | null;
  /** a screen that is there may be left without an event; a new one may not */
  mayHaveNoEvent?: boolean;
}

export function ScreenFields({ form, onChange, places, nameError, mayHaveNoEvent = false }: Props) {
  const { say } = useConsole();
  const set = (values: Partial<ScreenForm>) => onChange({ ...form, ...values });
  const events = places.events.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <TextField
        label={say.screens('name')}
        name="name"
        value={form.name}
        onInput={(name) => set({ name })}
        hint={say.screens('nameHint')}
        error={nameError}
        maxLength={NAME_MAX}
        autocomplete="off"
        dir="auto"
      />
      <SelectField
        label={say.screens('event')}
        name="event"
        value={form.event}
        options={mayHaveNoEvent ? [{ value: '', label: say.screens('noEvent') }].concat(events) : events}
        onChange={(event) => set({ event })}
      />
      {places.sites.length > 0 && (
        <SelectField
          label={say.screens('site')}
          name="site"
          value={form.siteId}
          options={[{ value: '', label: say.screens('noSite') }].concat(
            places.sites.map(({ id, name }) => ({ value: id, label: name })),
          )}
          onChange={(siteId) => set({ siteId })}
        />
      )}
      <div class="fields-2">
        <SelectField
          label={say.screens('layout')}
          name="layout"
          value={form.layout}
          options={LAYOUTS.map((value) => ({ value, label: say.screens(LAYOUT_WORDS[value]) }))}
          onChange={(layout) => set({ layout })}
        />
        <SelectField
          label={say.screens('seconds')}
          name="seconds"
          value={String(form.seconds)}
          options={withValue(SECONDS, form.seconds).map((count) => ({
            value: String(count),
            label: say.screens('secondsValue', { count }),
          }))}
          onChange={(seconds) => set({ seconds: Number(seconds) })}
        />
        <SelectField
          label={say.screens('qr')}
          name="qr"
          value={form.qr}
          options={QR.map((value) => ({ value, label: say.screens(QR_WORDS[value]) }))}
          onChange={(qr) => set({ qr })}
        />
        <SelectField
          label={say.screens('overscan')}
          name="overscan"
          value={String(form.overscan)}
          options={withValue(OVERSCAN, form.overscan).map((count) => ({
            value: String(count),
            label: say.screens('percentValue', { count }),
          }))}
          onChange={(overscan) => set({ overscan: Number(overscan) })}
        />
      </div>
      <p class="quiet small">{say.screens('overscanHint')}</p>
    </>
  );
}
