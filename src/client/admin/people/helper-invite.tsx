import { useEffect, useState } from 'preact/hooks';
import type { Helper, HelperInvitation } from '../../../contract/helpers.ts';
import type { Refusal } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { QrCode } from '../../shared/ui/qr-code.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { CopyField, Dialog, TextField } from '../shell/ui.tsx';
import { CodeLarge } from './code-large.tsx';
import { deviceName } from './parts.tsx';

const LABEL_MAX_LENGTH = 80;
const HOURS = [
  ['1', 'hours1'],
  ['24', 'hours24'],
  ['72', 'hours72'],
  ['168', 'hours168'],
] as const;
type Hours = (typeof HOURS)[number][0];
/** How often the list is asked while somebody stands there with the phone that is to scan. */
const LOOK_MS = 3_000;

interface FormProps {
  path: string;
  onMade: (made: HelperInvitation) => void;
  onClose: () => void;
}

function InviteForm({ path, onMade, onClose }: FormProps) {
  const console = useConsole();
  const { say, session, t } = console;
  const [label, setLabel] = useState('');
  const [hours, setHours] = useState<Hours>('24');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    if (!label.trim()) return setError(say.people('nameInvalid'));
    setBusy(true);
    const body = { label, hours: Number(hours) };
    const answer = await session.authed<HelperInvitation>(path, { method: 'POST', body });
    setBusy(false);
    if (answer.ok) return onMade(answer.data);
    if (answer.code === 'request.invalid') return setError(say.people('nameInvalid'));
    setRefusal(answer);
  };
  return (
    <Dialog title={say.people('inviteHelper')} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={say.people('helperName')}
          name="label"
          value={label}
          onInput={(value) => {
            setLabel(value);
            setError(null);
          }}
          hint={say.people('helperNameHint')}
          error={error}
          maxLength={LABEL_MAX_LENGTH}
          autocomplete="off"
          autoFocus
        />
        <SelectField
          label={say.people('linkHours')}
          name="hours"
          value={hours}
          options={HOURS.map(([value, key]) => ({ value, label: say.people(key) }))}
          onChange={setHours}
        />
        {refusal && (
          <Notice tone="bad" role="alert">
            {reasonOf(console, refusal)}
          </Notice>
        )}
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={isBusy}>
            {say.people('makeLink')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface LinkProps {
  made: HelperInvitation;
  /** the helper as the list has it now */
  now: Helper | undefined;
  look: () => Promise<void>;
  onClose: () => void;
}

/** The link, this once; says when somebody has used it. */
function InviteLink({ made, now, look, onClose }: LinkProps) {
  const { say, t } = useConsole();
  const [isLarge, setLarge] = useState(false);
  const name = made.helper.label;
  const isUsed = now !== undefined && now.state === 'active';
  useEffect(() => {
    if (isUsed) return setLarge(false);
    const timer = setInterval(() => document.visibilityState === 'visible' && void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isUsed]);
  const share = navigator.share as ((data: { title: string; url: string }) => Promise<void>) | undefined;
  const send = () => void navigator.share({ title: say.people('linkReady', { name }), url: made.url }).catch(() => {});
  return (
    <>
      <Dialog
        title={say.people('linkReady', { name })}
        onClose={onClose}
        footer={
          <Button kind="main" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <div class="stack">
          <div role="status">
            {isUsed && (
              <Notice tone="good">{say.people('linkUsed', { name, device: deviceName(say, now.device) })}</Notice>
            )}
          </div>
          {!isUsed && (
            <>
              <p>{say.people('linkOnce')}</p>
              <div class="invite-code">
                <QrCode text={made.url} label={say.people('linkQr', { name })} />
              </div>
              <CopyField label={say.people('linkLabel')} value={made.url} />
              <div class="row-wrap">
                <Button onClick={() => setLarge(true)}>{say.people('showLarge')}</Button>
                {share && <Button onClick={send}>{say.people('sendLink')}</Button>}
              </div>
            </>
          )}
        </div>
      </Dialog>
      {isLarge && !isUsed && <CodeLarge name={name} url={made.url} onClose={() => setLarge(false)} />}
    </>
  );
}

interface Props {
  path: string;
  helpers: readonly Helper[];
  look: () => Promise<void>;
  onClose: () => void;
}

export function HelperInvite({ path, helpers, look, onClose }: Props) {
  const [made, setMade] = useState<HelperInvitation | null>(null);
  if (!made) {
    const take = (invitation: HelperInvitation) => {
      setMade(invitation);
      void look();
    };
    return <InviteForm path={path} onMade={take} onClose={onClose} />;
  }
  const now = helpers.find(({ id }) => id === made.helper.id);
  return <InviteLink made={made} now={now} look={look} onClose={onClose} />;
}
