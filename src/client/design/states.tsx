import { Button } from '../shared/ui/button.tsx';
import { Empty, ErrorState, Notice, Skeleton } from '../shared/ui/states.tsx';
import { Section, type SampleProps } from './section.tsx';

export function States({ t, desk }: SampleProps) {
  return (
    <>
      <Section title="Notices">
        <div class="design-grid">
          <Notice>{t('viewerOnly')}</Notice>
          <Notice tone="good">{t('approvedToast')}</Notice>
          <Notice tone="wait">{desk('duplicate')}</Notice>
          <Notice tone="bad">{t('decideFailed', { reason: t('offline') })}</Notice>
        </div>
      </Section>
      <Section title="Empty, error, loading">
        <div class="design-grid">
          <Empty
            title={desk('emptyPending')}
            text={desk('emptyPendingText')}
            action={<Button kind="main">{t('add')}</Button>}
          />
          <ErrorState title={t('loadFailed')} text={t('offline')} again={{ label: t('tryAgain'), run: () => {} }} />
          <div class="stack">
            <Skeleton height="96px" />
            <Skeleton lines={3} />
          </div>
        </div>
      </Section>
    </>
  );
}
