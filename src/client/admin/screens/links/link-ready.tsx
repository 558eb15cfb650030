import type { KioskLinkAnswer } from '../../../../contract/kiosk-links.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { QrCode } from '../../../shared/ui/qr-code.tsx';
import { useTimes } from '../../people/parts.tsx';
import { useConsole } from '../../shell/console.tsx';
import { CopyField, Dialog } from '../../shell/ui.tsx';

/** The link that was made, to take along: nobody can be told it again. */
export function LinkReady({ answer, onClose }: { answer: KioskLinkAnswer; onClose: () => void }) {
  const { say, t } = useConsole();
  const { exact } = useTimes();
  const { link, url, expiresAt } = answer;
  return (
    <Dialog
      title={say.screens('linkTitle', { name: link.name })}
      onClose={onClose}
      footer={
        <Button kind="main" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div class="stack">
        <p>{say.screens('linkReady')}</p>
        <div class="link-code">
          <QrCode text={url} label={say.screens('linkTitle', { name: link.name })} />
        </div>
        <CopyField label={say.screens('linkAddress')} value={url} />
        <p class="quiet small">{say.screens('linkUntil', { time: exact(expiresAt) })}</p>
      </div>
    </Dialog>
  );
}
