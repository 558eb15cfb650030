import { useState } from 'preact/hooks';
import type { Device, DeviceKind, DevicePatch, DeviceStatus } from '../../../contract/sites.ts';
import type { Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';
import { KIND_WORDS, STATUS_TONES } from './site-words.ts';

const NAME_MAX = 120;
type EnteredKind = Exclude<DeviceKind, 'screen' | 'kiosk'>;
const KINDS = Object.keys(KIND_WORDS).filter((kind) => kind !== 'screen' && kind !== 'kiosk') as EnteredKind[];
const STATUSES = Object.keys(STATUS_TONES) as DeviceStatus[];

interface Props {
  site: string;
  /** null: a new one */
  device: Device | null;
  onSaved: () => void;
  onClose: () => void;
}

/** What a device is. Screens are not entered: they are paired. */
export function DeviceDialog({ site, device, onSaved, onClose }: Props) {
  const console = useConsole();
  const { say, session, t } = console;
  const [kind, setKind] = useState<EnteredKind>(device ? (device.kind as EnteredKind) : 'router');
  const [name, setName] = useState(device ? device.name : '');
  const [serial, setSerial] = useState((device && device.serialNumber) || '');
  const [status, setStatus] = useState<DeviceStatus>(device ? device.status : 'online');
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isNamed = name.trim() !== '';

  const send = async (submitted: Event) => {
    submitted.preventDefault();
    setTried(true);
    setRefusal(null);
    if (busy || !isNamed) return;
    const body: DevicePatch = { kind, name: name.trim(), serialNumber: serial.trim() || null, status };
    setBusy(true);
    const answer = await session.authed<{ device: Device }>(
      device ? `/api/v1/devices/${device.id}` : '/api/v1/devices',
      { method: device ? 'PATCH' : 'POST', body: device ? body : { ...body, siteId: site } },
    );
    setBusy(false);
    if (!answer.ok) return setRefusal(answer);
    showToast(say.sites('deviceSaved', { name: answer.data.device.name }));
    onSaved();
  };
  const isOfSerial = refusal !== null && refusal.code === 'device.serial_taken';

  return (
    <Dialog title={device ? say.sites('changeTitle', { name: device.name }) : say.sites('addDevice')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(submitted) => void send(submitted)}>
        <TextField
          label={say.sites('name')}
          name="name"
          value={name}
          onInput={setName}
          error={isTried && !isNamed ? say.sites('nameMissing') : null}
          maxLength={NAME_MAX}
          autocomplete="off"
          dir="auto"
          autoFocus
        />
        <div class="fields-2">
          <SelectField
            label={say.sites('kind')}
            name="kind"
            value={kind}
            options={KINDS.map((value) => ({ value, label: say.sites(KIND_WORDS[value]) }))}
            onChange={setKind}
          />
          <SelectField
            label={say.sites('status')}
            name="status"
            value={status}
            options={STATUSES.map((value) => ({ value, label: say.screens(value) }))}
            onChange={setStatus}
          />
        </div>
        <TextField
          label={say.sites('serial')}
          name="serialNumber"
          value={serial}
          onInput={(typed) => {
            setSerial(typed);
            setRefusal(null);
          }}
          error={isOfSerial && refusal ? reasonOf(console, refusal) : null}
          maxLength={NAME_MAX}
          autocomplete="off"
          dir="ltr"
          optional
        />
        {refusal && !isOfSerial && (
          <Notice tone="bad" role="alert">
            {reasonOf(console, refusal)}
          </Notice>
        )}
        <div class="panel-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {device ? t('save') : say.sites('addDevice')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
