import { useState } from 'preact/hooks';
import { RadioCards, SwitchField } from '../shared/ui/choice.tsx';
import { CopyField } from '../shared/ui/copy-field.tsx';
import { SelectField, TextField } from '../shared/ui/field.tsx';
import { Icon } from '../shared/ui/icon.tsx';
import { QrCode } from '../shared/ui/qr-code.tsx';
import { Section, type SampleProps } from './section.tsx';

export function Fields({ t, desk }: SampleProps) {
  const [name, setName] = useState('');
  const [long, setLong] = useState('Konstantin Aleksandropoulos-Winterscheidt');
  const [status, setStatus] = useState<'live' | 'closed'>('live');
  const [isOn, setOn] = useState(true);
  const [isOff, setOff] = useState(false);
  const [card, setCard] = useState<'live' | 'closed' | 'draft'>('live');
  const link = 'https://acme.example/e/summer-party?t=7K2';
  return (
    <Section title="Fields">
      <div class="design-grid">
        <TextField
          label={desk('unnamed')}
          name="plain"
          value={name}
          onInput={setName}
          optional={t('optional')}
          hint={t('noEventsText')}
          placeholder={t('search')}
        />
        <TextField label={desk('unnamed')} name="long" value={long} onInput={setLong} maxLength={48} />
        <TextField
          label={t('email')}
          name="wrong"
          type="email"
          dir="ltr"
          value="mia@"
          onInput={() => {}}
          error={t('loadFailed')}
        />
        <TextField label={t('reason')} name="read-only" value={t('unnamed')} onInput={() => {}} readOnly />
        <TextField
          label={desk('sentAt')}
          name="moment"
          type="datetime-local"
          value="2026-11-21T19:30"
          onInput={() => {}}
        />
        <SelectField
          label={t('events')}
          name="select"
          value={status}
          options={[
            { value: 'live', label: t('statusLive') },
            { value: 'closed', label: t('statusClosed') },
          ]}
          onChange={setStatus}
          hint={desk('emptyPendingText')}
        />
        <TextField label={t('reason')} name="lines" value={t('viewerOnly')} onInput={() => {}} multiline />
        <CopyField label={t('openGallery')} value={link} words={{ copy: t('copy'), copied: t('copied') }} />
        <div>
          <SwitchField label={t('live')} hint={t('emptyApprovedText')} checked={isOn} onChange={setOn} />
          <SwitchField label={t('openWall')} checked={isOff} onChange={setOff} />
          <SwitchField label={t('approve')} checked disabledReason={t('viewerOnly')} onChange={() => {}} />
        </div>
        <RadioCards
          legend={t('events')}
          name="cards"
          value={card}
          options={[
            { value: 'live', label: t('statusLive'), hint: desk('emptyPendingText'), icon: <Icon name="sun" /> },
            { value: 'closed', label: t('statusClosed'), hint: desk('emptyRejectedText') },
            { value: 'draft', label: t('statusDraft'), disabledReason: t('viewerOnly') },
          ]}
          onChange={setCard}
        />
        <QrCode text={link} label={link} size={168} />
      </div>
    </Section>
  );
}
