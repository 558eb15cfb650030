import './stage.css';
import { Notice, Skeleton } from '../../shared/ui/states.tsx';
import { Failure, may, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { AnnouncementsPanel } from './announcements/announcements-panel.tsx';
import { CallPanel } from './call-panel.tsx';
import { ScreensStrip } from './screens-strip.tsx';
import { SpotlightPanel } from './spotlight-panel.tsx';
import { useStage } from './use-stage.ts';

/** What walls show besides photos, from one place: which screens there are, and what is on them now. */
export function StagePage({ event }: EventPageProps) {
  const { boot, role, say, t } = useConsole();
  const stage = useStage(event.id);
  useTitle(`${say.shell('navStage')} · ${event.name} · ${boot.tenant.name}`);
  const isHelper = role === 'moderator';
  const reason = may(role, 'member') ? null : isHelper ? say.stage('teamOnly') : t('viewerOnly');

  return (
    <main class="page" id="main" tabIndex={-1} aria-busy={!stage.state}>
      <div class="page-head">
        <div>
          <h1>{say.shell('navStage')}</h1>
          <p class="quiet">{say.stage('text')}</p>
        </div>
      </div>
      {event.held && !event.stage.panic && <Notice tone="wait">{say.stage('heldNotice')}</Notice>}
      {!isHelper && <ScreensStrip event={event.id} slug={event.slug} />}
      {!stage.state && stage.refusal && <Failure refusal={stage.refusal} again={stage.again} />}
      {!stage.state && !stage.refusal && <Skeleton height="320px" />}
      {stage.state && (
        <div class="onwall-columns">
          <SpotlightPanel event={event} stage={stage} />
          <div class="stack">
            <CallPanel event={event} stage={stage} reason={reason} />
            <AnnouncementsPanel event={event} stage={stage} reason={reason} />
          </div>
        </div>
      )}
    </main>
  );
}
