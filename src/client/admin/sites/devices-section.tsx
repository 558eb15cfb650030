import { useState } from 'preact/hooks';
import type { Device } from '../../../contract/sites.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { ConfirmName } from '../shell/ui.tsx';
import { DeviceDialog } from './device-dialog.tsx';
import { KIND_WORDS, STATUS_TONES } from './site-words.ts';

interface Props {
  site: string;
  devices: readonly Device[];
  onChanged: () => void;
}

type Open = { what: 'new' } | { what: 'change' | 'remove'; device: Device } | null;

/** What stands at a site besides screens: entered by hand, so that somebody knows what there is. */
export function DevicesSection({ site, devices, onChanged }: Props) {
  const console = useConsole();
  const { role, say, session } = console;
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const notMine = may(role, 'member') ? null : say.sites('membersOnly');
  const others = devices.filter(({ kind }) => kind !== 'screen' && kind !== 'kiosk');
  const close = () => {
    setOpen(null);
    setError(null);
  };
  const done = () => {
    close();
    onChanged();
  };
  const remove = async ({ id, name }: Device) => {
    setBusy(true);
    const answer = await session.authed(`/api/v1/devices/${id}`, { method: 'DELETE' });
    setBusy(false);
    if (!answer.ok && answer.code !== 'device.not_found') return setError(reasonOf(console, answer));
    showToast(say.sites('deviceRemoved', { name }));
    done();
  };
  return (
    <section class="section">
      <div class="site-section-head">
        <h2>{say.sites('devices')}</h2>
        <Button size="small" disabledReason={notMine} onClick={() => setOpen({ what: 'new' })}>
          {say.sites('addDevice')}
        </Button>
      </div>
      <DataTable
        caption={say.sites('devices')}
        rows={others}
        rowKey={({ id }) => id}
        empty={<p class="quiet">{say.sites('noDevices')}</p>}
        columns={[
          { key: 'name', label: say.sites('name'), render: ({ name }) => <bdi>{name}</bdi> },
          { key: 'kind', label: say.sites('kind'), render: ({ kind }) => say.sites(KIND_WORDS[kind]) },
          {
            key: 'serial',
            label: say.sites('serial'),
            render: ({ serialNumber }) => (serialNumber ? <bdi dir="ltr">{serialNumber}</bdi> : '–'),
          },
          {
            key: 'status',
            label: say.sites('status'),
            render: ({ status }) => <Badge tone={STATUS_TONES[status]}>{say.screens(status)}</Badge>,
          },
          {
            key: 'actions',
            label: say.sites('actions'),
            isLabelHidden: true,
            align: 'end',
            render: (device) => (
              <Menu
                label={say.sites('moreOf', { name: device.name })}
                items={[
                  {
                    label: say.sites('change'),
                    disabledReason: notMine,
                    run: () => setOpen({ what: 'change', device }),
                  },
                  {
                    label: say.sites('removeDevice'),
                    kind: 'bad',
                    disabledReason: notMine,
                    run: () => setOpen({ what: 'remove', device }),
                  },
                ]}
              />
            ),
          },
        ]}
      />
      {open && open.what !== 'remove' && (
        <DeviceDialog site={site} device={open.what === 'change' ? open.device : null} onSaved={done} onClose={close} />
      )}
      {open && open.what === 'remove' && (
        <ConfirmName
          title={say.sites('removeDeviceTitle', { name: open.device.name })}
          text={say.sites('removeDeviceText')}
          name={open.device.name}
          action={say.sites('removeDevice')}
          busy={busy}
          error={error}
          onConfirm={() => void remove(open.device)}
          onClose={close}
        />
      )}
    </section>
  );
}
