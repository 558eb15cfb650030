import { useState } from 'preact/hooks';
import type { DownloadLink } from '../../../../contract/downloads.ts';
import { eventPath } from '../../../shared/api.ts';
import { showToast } from '../../../shared/toast.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { may, reasonOf, useConsole } from '../../shell/console.tsx';
import type { DeskPhoto } from '../table/desk-photo.ts';

/** Follows a link to a file, which the browser then keeps by itself, however large it is. */
function follow(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.appendChild(link);
  link.click();
  link.remove();
}

/** The file behind a photo: without its place, and for members as it came. */
export function PhotoFile({ photo }: { photo: DeskPhoto }) {
  const console = useConsole();
  const { session, role, say } = console;
  const d = say.desk;
  const [busy, setBusy] = useState<'public' | 'received' | null>(null);
  const fetchFile = async (which: 'public' | 'received') => {
    setBusy(which);
    const path = eventPath(photo.eventId, `/photos/${photo.id}/original-link`);
    const answer = await session.authed<DownloadLink>(which === 'received' ? `${path}?as=received` : path, {
      method: 'POST',
    });
    setBusy(null);
    if (answer.ok) follow(answer.data.url);
    else showToast(reasonOf(console, answer));
  };
  return (
    <div class="inspector-file">
      <Button
        size="small"
        title={d('downloadHint')}
        busy={busy === 'public'}
        disabledReason={photo.original ? null : say.codes(notReady(photo))}
        onClick={() => void fetchFile('public')}
      >
        {d('download')}
      </Button>
      <Button
        size="small"
        kind="bare"
        title={d('downloadReceivedHint')}
        busy={busy === 'received'}
        disabledReason={may(role, 'member') ? null : d('downloadMembers')}
        onClick={() => void fetchFile('received')}
      >
        {d('downloadReceived')}
      </Button>
    </div>
  );
}

const notReady = (photo: DeskPhoto) =>
  photo.status === 'processing' ? ('photo.not_ready' as const) : ('photo.not_downloadable' as const);
