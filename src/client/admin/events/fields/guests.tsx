import { CAMERA_SHOTS_MAX, GUEST_PHOTOS_MAX } from '../../../../contract/values/event-limits.ts';
import { RadioCards, SwitchField } from '../../../shared/ui/choice.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import { DateTimeField, useProblemWords, type FieldsProps } from './shared.tsx';

interface NumberProps extends FieldsProps {
  field: 'shots' | 'photosPerGuest';
  label: string;
  hint: string;
  max: number;
  optional?: boolean;
}

function NumberField({ field, form, set, problems, max, ...words }: NumberProps) {
  const problemWords = useProblemWords();
  return (
    <TextField
      {...words}
      name={field}
      type="number"
      inputMode="numeric"
      dir="ltr"
      min={1}
      max={max}
      value={form[field]}
      onInput={(value) => set({ [field]: value })}
      error={problemWords(problems[field])}
    />
  );
}

export function GuestFields(props: FieldsProps) {
  const { say } = useConsole();
  const { form, set } = props;
  return (
    <>
      <RadioCards
        legend={say.events('uploads')}
        name="uploads"
        value={form.uploads}
        columns
        options={[
          { value: 'open', label: say.events('uploadsOpen'), hint: say.events('uploadsOpenHint') },
          { value: 'closed', label: say.events('uploadsClosed'), hint: say.events('uploadsClosedHint') },
        ]}
        onChange={(uploads) => set({ uploads })}
      />
      <div class="fields-2">
        <DateTimeField {...props} field="opensAt" hint={say.events('opensAtHint')} />
        <DateTimeField {...props} field="closesAt" hint={say.events('closesAtHint')} />
      </div>
      <RadioCards
        legend={say.events('guestView')}
        name="guestView"
        value={form.guestView}
        options={[
          { value: 'gallery', label: say.events('gallery'), hint: say.events('galleryHint') },
          { value: 'dropbox', label: say.events('dropbox'), hint: say.events('dropboxHint') },
          { value: 'camera', label: say.events('camera'), hint: say.events('cameraHint') },
        ]}
        onChange={(guestView) => set({ guestView })}
      />
      {form.guestView === 'camera' && (
        <NumberField
          {...props}
          field="shots"
          max={CAMERA_SHOTS_MAX}
          label={say.events('shots')}
          hint={say.events('shotsHint')}
        />
      )}
      <div class="fields-2">
        <DateTimeField
          {...props}
          field="revealAt"
          hint={say.events(form.guestView === 'camera' ? 'developedAtHint' : 'revealAtHint')}
        />
        <DateTimeField {...props} field="deleteAt" hint={say.events('deleteAtHint')} />
      </div>
      <NumberField
        {...props}
        field="photosPerGuest"
        max={GUEST_PHOTOS_MAX}
        label={say.events('photosPerGuest')}
        hint={say.events('photosPerGuestHint')}
        optional
      />
      <SwitchField
        label={say.events('downloads')}
        name="downloads"
        hint={say.events('downloadsHint')}
        checked={form.downloads === 'on'}
        onChange={(isOn) => set({ downloads: isOn ? 'on' : 'off' })}
      />
    </>
  );
}
