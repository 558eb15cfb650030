import { useState } from 'preact/hooks';
import { Avatar } from '../../../shared/ui/signs.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Menu } from '../../../shared/ui/menu.tsx';
import { useConsole } from '../../shell/console.tsx';
import { Dialog } from '../../shell/ui.tsx';
import type { Actions } from '../table/actions.ts';
import type { DeskPhoto } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';

/** Who sent the photo, and what can be done about all of theirs. */
export function GuestMenu({ desk, photo, actions }: { desk: Desk; photo: DeskPhoto; actions: Actions }) {
  const { say } = useConsole();
  const d = say.desk;
  const [isAsking, setAsking] = useState(false);
  const guest = { id: photo.guestId, name: photo.by, trust: photo.guest ? photo.guest.trust : ('auto' as const) };
  const name = photo.by || d('unnamed');
  const isBlocked = photo.guest ? photo.guest.blocked : false;
  const why = desk.mayJudge ? null : d('viewerOnly');
  const { view } = desk.table;
  return (
    <>
      <Avatar name={name} />
      <span class="who">
        <bdi class="who-name">{name}</bdi>
        <span class="quiet small">
          {isBlocked
            ? d('isBlocked')
            : guest.trust === 'always'
              ? d('isTrusted')
              : photo.guest
                ? d('publishedOfThem', { count: photo.guest.approved })
                : ''}
        </span>
      </span>
      <Menu
        label={d('guestMenu', { name })}
        items={[
          {
            label: d('onlyTheirs'),
            run: () => desk.show({ ...view(), filters: { ...view().filters, guest: guest.id } }, photo.id),
          },
          {
            label: d('approveAllOf', { name }),
            disabledReason: why,
            run: () => void actions.decideAll(guest.id, 'pending', 'approved'),
          },
          {
            label: d('rejectAllOf', { name }),
            disabledReason: why,
            run: () => void actions.decideAll(guest.id, 'pending', 'rejected'),
          },
          guest.trust === 'always'
            ? { label: d('trustAuto'), disabledReason: why, run: () => void actions.trust(guest, 'auto') }
            : { label: d('trustAlways'), disabledReason: why, run: () => void actions.trust(guest, 'always') },
          guest.trust === 'never'
            ? { label: d('trustAuto'), disabledReason: why, run: () => void actions.trust(guest, 'auto') }
            : { label: d('trustNever'), disabledReason: why, run: () => void actions.trust(guest, 'never') },
          isBlocked
            ? { label: d('unblock'), disabledReason: why, run: () => void actions.block(guest, false) }
            : { label: d('blockAsk'), kind: 'bad' as const, disabledReason: why, run: () => setAsking(true) },
        ]}
      />
      {isAsking && (
        <BlockDialog name={name} onClose={() => setAsking(false)} onBlock={() => void actions.block(guest, true)} />
      )}
    </>
  );
}

export function BlockDialog({ name, onClose, onBlock }: { name: string; onClose: () => void; onBlock: () => void }) {
  const { t, say } = useConsole();
  const d = say.desk;
  return (
    <Dialog
      title={d('blockTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            kind="bad"
            onClick={() => {
              onClose();
              onBlock();
            }}
          >
            {d('block')}
          </Button>
        </>
      }
    >
      <p>{d('blockText')}</p>
    </Dialog>
  );
}
