import { useState } from 'preact/hooks';
import type { Site } from '../../../contract/sites.ts';
import type { Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { ownZone, zoneNames } from '../events/zone-names.ts';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';
import {
  changesOf,
  formOf,
  newSite,
  problemsOf,
  readPair,
  type SiteField,
  type SiteForm,
  type SiteProblem,
} from './site-rules.ts';
import { clockOf } from './site-words.ts';

const NAME_MAX = 120;
const ADDRESS_MAX = 300;

interface Props {
  /** null: a new one */
  site: Site | null;
  onSaved: (site: Site) => void;
  onClose: () => void;
}

/** Where a site is and what its clock says. */
export function SiteDialog({ site, onSaved, onClose }: Props) {
  const console = useConsole();
  const { boot, say, session, t } = console;
  const [before] = useState(() => (site ? formOf(site) : null));
  const [form, setForm] = useState<SiteForm>(() => before || newSite(ownZone()));
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const set = (values: Partial<SiteForm>) => setForm({ ...form, ...values });
  const problems = problemsOf(form);
  const words = (field: SiteField): string | null => {
    const problem: SiteProblem | undefined = isTried ? problems[field] : undefined;
    if (!problem) return null;
    if (problem === 'missing') return say.sites('nameMissing');
    if (problem === 'half') return say.sites('degreesHalf');
    return say.sites(field === 'latitude' ? 'latitudeWrong' : 'longitudeWrong');
  };

  const send = async (submitted: Event) => {
    submitted.preventDefault();
    setTried(true);
    setRefusal(null);
    if (busy || Object.keys(problems).length > 0) return;
    const body = changesOf(before, form);
    if (!body) return onClose();
    setBusy(true);
    const answer = await session.authed<{ site: Site }>(site ? `/api/v1/sites/${site.id}` : '/api/v1/sites', {
      method: site ? 'PATCH' : 'POST',
      body,
    });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer);
    showToast(say.sites(site ? 'isChanged' : 'isMade', { name: answer.data.site.name }));
    onSaved(answer.data.site);
  };

  return (
    <Dialog title={site ? say.sites('changeTitle', { name: site.name }) : say.sites('newSite')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(submitted) => void send(submitted)}>
        <TextField
          label={say.sites('name')}
          name="name"
          value={form.name}
          onInput={(name) => set({ name })}
          error={words('name')}
          maxLength={NAME_MAX}
          autocomplete="off"
          dir="auto"
          autoFocus={!site}
        />
        <TextField
          label={say.sites('address')}
          name="address"
          value={form.address}
          onInput={(address) => set({ address })}
          maxLength={ADDRESS_MAX}
          autocomplete="off"
          dir="auto"
          multiline
          rows={2}
          optional
        />
        <SelectField
          label={say.sites('timeZone')}
          name="timeZone"
          value={form.timeZone}
          options={zoneNames(form.timeZone).map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
          onChange={(timeZone) => set({ timeZone })}
          hint={say.sites('timeThere', { time: clockOf(boot.locale, form.timeZone) })}
        />
        <div class="fields-2">
          <TextField
            label={say.sites('latitude')}
            name="latitude"
            value={form.latitude}
            onInput={(latitude) =>
              set((latitude.length > form.latitude.length + 1 && readPair(latitude)) || { latitude })
            }
            error={words('latitude')}
            hint={say.sites('latitudeHint')}
            dir="ltr"
            inputMode="text"
            autocomplete="off"
            optional
          />
          <TextField
            label={say.sites('longitude')}
            name="longitude"
            value={form.longitude}
            onInput={(longitude) => set({ longitude })}
            error={words('longitude')}
            hint={say.sites('longitudeHint')}
            dir="ltr"
            inputMode="text"
            autocomplete="off"
            optional
          />
        </div>
        {refusal && (
          <Notice tone="bad" role="alert">
            {reasonOf(console, refusal)}
          </Notice>
        )}
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {site ? t('save') : say.sites('make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
