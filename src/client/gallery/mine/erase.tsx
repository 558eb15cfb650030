import { useState } from 'preact/hooks';
import type { Erasure, Me } from '../../../contract/me.ts';
import { call, eventPath } from '../../shared/api.ts';
import { Button, LinkButton } from '../../shared/ui/button.tsx';
import { ConfirmName } from '../../shared/ui/confirm-name.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { sayCode, t } from '../words.ts';
import type { GalleryBoot } from '../../../contract/boot.ts';
import { m } from './mine-words.ts';

/** Offers text as a file. The address is let go of when the browser has surely begun. */
function saveAs(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export interface EraseProps {
  boot: GalleryBoot;
  me: Me | null;
  count: number;
  /** nobody is left here; the receipt is still to be seen */
  onErased: () => void;
  /** the receipt has been seen */
  onDone: () => void;
  onClose: () => void;
}

/** The end of a guest here: says what goes, has it confirmed by a word, and gives a receipt that others can check. */
export function Erase({ boot, me, count, onErased, onDone, onClose }: EraseProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<Erasure | null>(null);
  const name = me && me.guest.name;

  const erase = async () => {
    setBusy(true);
    const answer = await call<Erasure>(eventPath(boot.event.id, '/me'), { method: 'DELETE' });
    setBusy(false);
    if (!answer.ok) return setError(answer.code ? sayCode(answer.code) : m('noConnection'));
    setDone(answer.data);
    onErased();
  };

  if (done) {
    const { photos, reactions, reports } = done.erased;
    const file = `${boot.event.slug}-${m('receiptFile')}.txt`;
    return (
      <Dialog title={m('erased')} closeLabel={t('close')} onClose={onDone}>
        <div class="stack" role="status" id="mine-erased">
          <p>{m('erasedText')}</p>
          <ul class="mine-gone">
            <li>{m('gonePhotos', { count: photos })}</li>
            {reactions > 0 && <li>{m('goneReactions', { count: reactions })}</li>}
            {reports > 0 && <li>{m('goneReports', { count: reports })}</li>}
          </ul>
          <p class="quiet small">{m('receiptText')}</p>
          <div class="mine-actions">
            <Button kind="main" onClick={() => saveAs(file, `${done.receipt}\n`)}>
              {m('receiptSave')}
            </Button>
            <LinkButton href={`/receipt#${done.receipt}`} target="_blank">
              {m('receiptOpen')}
            </LinkButton>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmName
      title={m('erase')}
      text={
        <>
          {m('eraseText')}
          <ul class="mine-gone">
            <li>{m('gonePhotos', { count })}</li>
            <li>{m('goneName')}</li>
            <li>{m('goneRest')}</li>
          </ul>
        </>
      }
      name={name || m('eraseWord')}
      action={m('eraseAction')}
      busy={isBusy}
      error={error}
      words={{ close: t('close'), cancel: m('cancel'), typeName: m(name ? 'typeName' : 'typeWord') }}
      onConfirm={() => void erase()}
      onClose={onClose}
    />
  );
}
