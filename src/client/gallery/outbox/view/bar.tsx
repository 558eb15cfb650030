import { t } from '../../words.ts';

export function Bar({ fraction, label }: { fraction: number; label?: string }) {
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label || t('send')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
    >
      <div class="progress-bar" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}
