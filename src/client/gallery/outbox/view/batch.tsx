import { SwitchField } from '../../../shared/ui/choice.tsx';
import { t } from '../../words.ts';
import type { Outbox } from '../outbox.ts';
import { canTryAgain, progressOf } from '../rules/queue-rules.ts';
import { Bar } from './bar.tsx';

/** What is so for all that is on its way: how far it is, what closing the page means, and what to do about all. */
export function Batch({ outbox }: { outbox: Outbox }) {
  const uploads = outbox.uploads();
  const { open, paused, sent, fraction } = progressOf(uploads);
  const again = uploads.filter(canTryAgain).length;
  const copied = uploads.filter(({ state }) => state.kind === 'copied').length;
  const located = uploads.filter(({ isLocated, state }) => isLocated && state.kind !== 'sent');
  const isAllPaused = paused === open;
  const isInMemory =
    outbox.keeps() === false || uploads.some((one) => one.stored === 'memory' && one.state.kind !== 'sent');
  const label = t('sentOf', { sent, count: sent + open });
  return (
    <div class="batch">
      {open > 0 && (
        <div class="batch-line">
          <div>
            <span id="batch-said">{label}</span>
            <Bar fraction={fraction} label={label} />
          </div>
          <button
            type="button"
            class="button button-quiet button-small"
            onClick={() => outbox.wishAll(isAllPaused ? 'resume' : 'pause')}
          >
            {t(isAllPaused ? 'resumeAll' : 'pauseAll')}
          </button>
        </div>
      )}
      {open > 0 &&
        (isInMemory ? (
          <p class="notice notice-wait small" id="keep-hint">
            {t('noKeepHint')}
          </p>
        ) : (
          <p class="quiet small" id="keep-hint">
            {t('keepHint')}
          </p>
        ))}
      {copied > 1 && (
        <button type="button" class="button button-quiet button-wide" onClick={() => outbox.wishAll('send-original')}>
          {t('sendOriginals')}
        </button>
      )}
      {again > 1 && (
        <button type="button" class="button button-wide" onClick={() => outbox.wishAll('retry')}>
          {t('retryAll')}
        </button>
      )}
      {located.length > 0 && (
        <SwitchField
          label={t('keepPlace')}
          hint={`${t('located', { count: located.length })} ${t('keepPlaceHint')}`}
          checked={located.every(({ keepsLocation }) => keepsLocation)}
          onChange={(keeps) => outbox.keepLocation(keeps)}
        />
      )}
    </div>
  );
}

export function FastSwitch({ outbox }: { outbox: Outbox }) {
  return (
    <SwitchField
      label={t('faster')}
      hint={t('fasterHint')}
      checked={outbox.isFast()}
      onChange={(isFast) => outbox.setFast(isFast)}
    />
  );
}
