import type { ComponentChildren } from 'preact';
import type { ScreenLayout } from '../../../../contract/screens.ts';
import { RadioCards, SwitchField } from '../../../shared/ui/choice.tsx';
import { SelectField } from '../../../shared/ui/field.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import { STATUS_WORDS } from '../screen-words.ts';
import { SET_STATUSES, withValue, type FormProblem, type ScreenForm } from '../screen-rules.ts';
import type { FieldsProps, Places } from './fields.ts';
import { GroupFields } from './group-fields.tsx';
import { LayoutFields } from './layout-fields.tsx';

const NAME_MAX = 120;
const SECONDS = [4, 5, 6, 8, 10, 12, 15, 20, 30];
const OVERSCAN = [0, 1, 2, 3, 4, 5, 6, 8, 10];

const QR_WORDS = { always: 'qrAlways', between: 'qrBetween', off: 'qrOff' } as const;
const QR = Object.keys(QR_WORDS) as ScreenLayout['qr'][];
const FAVOUR_WORDS = { recent: 'favourRecent', fair: 'favourFair', reactions: 'favourReactions' } as const;
const FAVOURS = Object.keys(FAVOUR_WORDS) as ScreenLayout['favour'][];

interface Props {
  form: ScreenForm;
  onChange: (form: ScreenForm) => void;
  places: Places;
  /** what is to be said now */
  problems: readonly FormProblem[];
  /** a screen that is there may be left without an event, and taken out of service; a new one may not */
  isThere?: boolean;
}

const Section = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="settings-section">
    <h3>{title}</h3>
    <div class="stack">{children}</div>
  </section>
);

/** Everything about a screen that lasts, from who it is to who its neighbours are. */
export function ScreenFields({ form, onChange, places, problems, isThere = false }: Props) {
  const { say } = useConsole();
  const set = (values: Partial<ScreenForm>) => onChange({ ...form, ...values });
  const fields: FieldsProps = { form, set, problems };
  const events = places.events.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Section title={say.screens('sectionScreen')}>
        <TextField
          label={say.screens('name')}
          name="name"
          value={form.name}
          onInput={(name) => set({ name })}
          hint={say.screens('nameHint')}
          error={problems.includes('name') ? say.screens('nameMissing') : null}
          maxLength={NAME_MAX}
          autocomplete="off"
          dir="auto"
        />
        <div class="fields-2">
          <SelectField
            label={say.screens('event')}
            name="event"
            value={form.event}
            options={isThere ? [{ value: '', label: say.screens('noEvent') }].concat(events) : events}
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
          {isThere && (
            <SelectField
              label={say.screens('state')}
              name="status"
              value={form.status}
              options={[
                { value: '' as ScreenForm['status'], label: say.screens('inService') },
                ...SET_STATUSES.map((value) => ({ value, label: say.screens(STATUS_WORDS[value]) })),
              ]}
              onChange={(status) => set({ status })}
              hint={say.screens('stateHint')}
            />
          )}
        </div>
      </Section>
      <Section title={say.screens('layout')}>
        <LayoutFields {...fields} />
      </Section>
      <Section title={say.screens('sectionPhotos')}>
        <div class="fields-2">
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
            label={say.screens('favour')}
            name="favour"
            value={form.favour}
            options={FAVOURS.map((value) => ({ value, label: say.screens(FAVOUR_WORDS[value]) }))}
            onChange={(favour) => set({ favour })}
            hint={say.screens('favourHint')}
          />
        </div>
        <SwitchField
          label={say.screens('names')}
          name="names"
          checked={form.names}
          onChange={(names) => set({ names })}
        />
        <SwitchField
          label={say.screens('captions')}
          name="captions"
          checked={form.captions}
          onChange={(captions) => set({ captions })}
        />
      </Section>
      <Section title={say.screens('sectionAround')}>
        <RadioCards
          legend={say.screens('qr')}
          name="qr"
          value={form.qr}
          options={QR.map((value) => ({ value, label: say.screens(QR_WORDS[value]) }))}
          onChange={(qr) => set({ qr })}
          columns
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
          hint={say.screens('overscanHint')}
        />
      </Section>
      <Section title={say.screens('sectionGroup')}>
        <GroupFields {...fields} groups={places.groups} />
      </Section>
    </>
  );
}
