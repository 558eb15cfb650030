import { useEffect, useRef } from 'preact/hooks';
import { holdFocus } from '../../shared/modal.ts';
import { QrCode } from '../../shared/ui/qr-code.tsx';
import { useConsole } from '../shell/console.tsx';

interface Props {
  name: string;
  url: string;
  onClose: () => void;
}

/** The code over the whole screen, for another phone to scan. */
export function CodeLarge({ name, url, onClose }: Props) {
  const { say, t } = useConsole();
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => (panel.current ? holdFocus(panel.current, () => close.current()) : undefined), []);
  const title = say.people('linkReady', { name });
  return (
    <div class="code-large" ref={panel} role="dialog" aria-modal="true" aria-label={title}>
      <p class="code-large-name" dir="auto">
        {title}
      </p>
      <div class="code-large-code">
        <QrCode text={url} label={say.people('linkQr', { name })} />
      </div>
      <button type="button" class="button" onClick={onClose}>
        {t('close')}
      </button>
    </div>
  );
}
