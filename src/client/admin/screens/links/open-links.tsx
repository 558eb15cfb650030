import { useState } from 'preact/hooks';
import type { KioskLink } from '../../../../contract/kiosk-links.ts';
import { showToast } from '../../../shared/toast.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useTimes } from '../../people/parts.tsx';
import { reasonOf, useConsole } from '../../shell/console.tsx';

interface Props {
  links: readonly KioskLink[];
  disabledReason: string | null;
  onChanged: () => void;
}

/** Links that were made and that nobody has opened: each may be taken back until then. */
export function OpenLinks({ links, disabledReason, onChanged }: Props) {
  const console = useConsole();
  const { say, session, t } = console;
  const { exact } = useTimes();
  const [busy, setBusy] = useState<string | null>(null);
  const takeBack = async ({ id, name }: KioskLink) => {
    setBusy(id);
    const answer = await session.authed(`/api/v1/screens/links/${id}`, { method: 'DELETE' });
    setBusy(null);
    // Opened or over meanwhile: the list says so.
    const isGone = answer.ok || answer.code === 'screen.link_unknown';
    showToast(
      answer.ok ? say.screens('linkIsBack', { name }) : t('decideFailed', { reason: reasonOf(console, answer) }),
    );
    if (isGone) onChanged();
  };
  if (links.length === 0) return null;
  return (
    <section class="section open-links">
      <h2>{say.screens('linksOpen')}</h2>
      <ul>
        {links.map((link) => (
          <li key={link.id} class="open-link" data-link={link.id}>
            <span>
              <bdi class="open-link-name">{link.name}</bdi>{' '}
              <span class="quiet">
                · <bdi>{link.event.name}</bdi>
              </span>
              <span class="quiet small open-link-until">
                {link.createdBy
                  ? say.screens('linkBy', { name: link.createdBy, time: exact(link.expiresAt) })
                  : say.screens('linkUntil', { time: exact(link.expiresAt) })}
              </span>
            </span>
            <Button
              size="small"
              busy={busy === link.id}
              disabledReason={disabledReason}
              aria-label={say.screens('linkTakeBackName', { name: link.name })}
              onClick={() => void takeBack(link)}
            >
              {say.screens('linkTakeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
