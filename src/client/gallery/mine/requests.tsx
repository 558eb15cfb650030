import type { OwnRequest } from '../../../contract/me.ts';
import { Badge } from '../../shared/ui/signs.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { t } from '../words.ts';
import { m } from './mine-words.ts';

const REASON = {
  me: 'reportMe',
  offensive: 'reportOffensive',
  private: 'reportPrivate',
  other: 'reportOther',
} as const;
const STATUS = {
  open: ['requestOpen', 'wait'],
  kept: ['requestKept', 'plain'],
  removed: ['requestRemoved', 'good'],
} as const;

/** The picture as the page behind shows it; photos of others have no address of their own. */
function pictureOf(photoId: string): string | null {
  const image = document.querySelector<HTMLImageElement>(`#photos [data-id="${photoId}"] img`);
  return image && (image.currentSrc || image.src);
}

/** What the host was asked to look at, and what came of it. */
export function Requests({ items }: { items: readonly OwnRequest[] }) {
  if (items.length === 0) return null;
  return (
    <section class="mine-requests" aria-labelledby="mine-requests">
      <h3 id="mine-requests">{m('requests')}</h3>
      <ul class="files">
        {items.map(({ id, photoId, reason, status }) => {
          const [word, tone] = STATUS[status];
          const picture = status === 'removed' ? null : pictureOf(photoId);
          return (
            <li key={id} data-request={status}>
              <span class="files-picture mine-asked">
                {picture ? <img src={picture} alt="" /> : <Icon name="picture" />}
              </span>
              <span>
                <span class="mine-reason">{t(REASON[reason])}</span>
                <Badge tone={tone}>{m(word)}</Badge>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
