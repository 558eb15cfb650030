import { useEffect, useRef } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { holdFocus } from '../../shared/modal.ts';
import { useConsole } from '../shell/console.tsx';
import { QrPicture } from './qr-picture.tsx';

interface Screen {
  wakeLock?: { request: (kind: 'screen') => Promise<{ release: () => Promise<void> }> };
}

interface Props {
  event: StaffEvent;
  link: string;
  /** of the table, if it is one table's code */
  label: string | null;
  onClose: () => void;
}

/** The code over the whole screen, for guests to scan from whatever the organiser holds up; it stays lit. */
export function CodeShow({ event, link, label, onClose }: Props) {
  const { say, t } = useConsole();
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = panel.current;
    if (!element) return;
    const release = holdFocus(element, () => close.current());
    if (element.requestFullscreen) element.requestFullscreen().catch(() => undefined);
    const left = () => !document.fullscreenElement && close.current();
    document.addEventListener('fullscreenchange', left);
    let isOpen = true;
    let lit: { release: () => Promise<void> } | null = null;
    const { wakeLock } = navigator as unknown as Screen;
    if (wakeLock) {
      wakeLock.request('screen').then(
        (lock) => {
          if (isOpen) lit = lock;
          else void lock.release();
        },
        () => undefined,
      );
    }
    return () => {
      isOpen = false;
      if (lit) void lit.release();
      document.removeEventListener('fullscreenchange', left);
      if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
      release();
    };
  }, []);
  return (
    <div class="share-show" ref={panel} role="dialog" aria-modal="true" aria-label={say.share('code')}>
      <button type="button" class="share-show-close" onClick={onClose}>
        {t('close')}
      </button>
      <p class="share-show-name" dir="auto">
        {event.name}
      </p>
      {label !== null && (
        <p class="share-show-label" dir="auto">
          {label}
        </p>
      )}
      <QrPicture class="share-show-qr" text={link} label={say.share('codeOf', { link })} />
      <p class="share-show-link" dir="ltr">
        {link.replace(/^https?:\/\//, '')}
      </p>
      {event.visibility === 'pin' && event.pin && (
        <p class="share-show-pin">
          {say.share('pin')} <strong dir="ltr">{event.pin}</strong>
        </p>
      )}
      <p class="share-show-hint">{say.share('bright')}</p>
    </div>
  );
}
