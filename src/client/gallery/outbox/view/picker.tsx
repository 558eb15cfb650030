import { useEffect, useState } from 'preact/hooks';
import type { BootFormat } from '../../../../contract/boot.ts';
import { t } from '../../words.ts';

/** A chooser was closed without a word where browsers do not say so: then the page comes back, and nothing follows. */
const NOTHING_CHOSEN_MS = 20_000;

/**
 * What the chooser offers. An iPhone turns HEIC into JPEG for pages that do not ask for HEIC, which is what has to
 * happen where its browser cannot show HEIC itself: before Safari 17, which also brought popovers.
 */
function accepted(formats: readonly BootFormat[]): string {
  const isOldSafari = navigator.vendor.startsWith('Apple') && !('popover' in HTMLElement.prototype);
  const types = formats.map((format) => format.type as string).filter((type) => !isOldSafari || type !== 'image/heic');
  return types.concat(isOldSafari ? [] : ['.heic', '.heif']).join();
}

export interface PickerProps {
  formats: readonly BootFormat[];
  onFiles: (files: File[]) => void;
}

/**
 * Chooses photos. A phone may take minutes to hand them out, since it copies them and gets them from the cloud before
 * the page hears of anything: so the page says that they are coming from the moment the chooser opens.
 */
export function Picker({ formats, onFiles }: PickerProps) {
  const [isPicking, setPicking] = useState(false);
  useEffect(() => {
    if (!isPicking) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const back = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setPicking(false), NOTHING_CHOSEN_MS);
    };
    window.addEventListener('focus', back);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', back);
    };
  }, [isPicking]);
  const take = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const files = Array.from(input.files || []);
    input.value = '';
    setPicking(false);
    if (files.length) onFiles(files);
  };
  const common = { type: 'file' as const, onChange: take, onCancel: () => setPicking(false) };
  return (
    <div class="stack">
      <label class="button button-wide file-button">
        {t('choose')}
        <input
          {...common}
          id="choose"
          multiple
          accept={accepted(formats)}
          aria-describedby="choose-hint"
          onClick={() => setPicking(true)}
        />
      </label>
      <label class="button button-quiet button-wide file-button file-camera">
        {t('camera')}
        <input {...common} accept="image/*" capture="environment" />
      </label>
      <p class="quiet small" id="choose-hint">
        {t('chooseHint')}
      </p>
      <div class="file-status" role="status">
        {isPicking && (
          <p class="notice notice-wait" id="picking">
            <strong>{t('picking')}</strong> {t('pickingHint')}
          </p>
        )}
      </div>
    </div>
  );
}
