import { useState } from 'preact/hooks';
import './desk.css';
import { formatMoment } from '../../../contract/messages/times.ts';
import type { Outcome, Report } from '../../../contract/reports.ts';
import { eventPath } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Tabs } from '../../shared/ui/tabs.tsx';
import { Failure, Link, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { useRecalls } from './recall/use-recalls.ts';
import { useList } from './use-list.ts';
import { ago, isolated } from './view/parts.tsx';

const REASON = {
  me: 'reasonMe',
  offensive: 'reasonOffensive',
  private: 'reasonPrivate',
  other: 'reasonOther',
} as const;

/** What guests asked the host to look at: keep the photo or take it away, and why one was asked. */
export function ReportsPage({ event }: EventPageProps) {
  const console = useConsole();
  const { boot, role, session, say, t } = console;
  const d = say.desk;
  const [status, setStatus] = useState<'open' | 'resolved'>('open');
  const at = eventPath(event.id, '/reports');
  const list = useList<Report>(`${at}?status=${status}`);
  const why = may(role, 'moderator') ? null : d('viewerOnly');
  useTitle(`${d('reports')} · ${event.name} · ${boot.tenant.name}`);

  const recalls = useRecalls();

  const resolve = async (report: Report, outcome: Outcome) => {
    // One answer closes every report of the photo.
    const closed = (list.items || []).filter((one) => one.photo.id === report.photo.id);
    list.set((items) => items.filter((one) => one.photo.id !== report.photo.id));
    const was = report.photo.status;
    const action = { label: d('undo'), run: () => void undo(report, outcome, was) };
    const isRecall = outcome === 'removed' && was === 'approved';
    // Screens may have confirmed before the answer is here.
    if (isRecall) recalls.follow([report.photo.id], action, null);
    const answer = await session.authed(`${at}/${report.id}`, { method: 'PATCH', body: { outcome } });
    if (!answer.ok) {
      recalls.forget([report.photo.id]);
      list.set((items) => closed.concat(items));
      showToast(d('decideFailed', { reason: reasonOf(console, answer) }));
      return;
    }
    if (isRecall) recalls.show([report.photo.id], d('removedToast'));
    else showToast(d(outcome === 'kept' ? 'keptToast' : 'removedToast'), action);
  };
  // A report that is answered stays so; what can be taken back is what became of the photo.
  const undo = async (report: Report, outcome: Outcome, was: string) => {
    recalls.forget([report.photo.id]);
    const next = outcome === 'kept' ? 'rejected' : was === 'pending' ? 'pending' : 'approved';
    const answer = await session.authed(`/api/v1/photos/${report.photo.id}`, {
      method: 'PATCH',
      body: { status: next },
    });
    showToast(answer.ok ? d('undone') : d('decideFailed', { reason: reasonOf(console, answer) }));
    list.load();
  };

  const { items } = list;
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <h1>{d('reports')}</h1>
      </div>
      <Tabs
        label={d('reports')}
        value={status}
        onChange={setStatus}
        items={[
          { id: 'open', label: d('reportsOpen'), count: status === 'open' && items ? items.length : null },
          { id: 'resolved', label: d('reportsResolved') },
        ]}
      />
      {list.failure && !items && <Failure refusal={list.failure} again={list.load} />}
      {!items && !list.failure && <div class="skeleton desk-skeleton" aria-busy="true" />}
      {items && !items.length && (
        <Empty title={d('noReports')} text={d(status === 'open' ? 'noReportsText' : 'noResolvedText')} />
      )}
      {items && items.length > 0 && (
        <ul class="desk-list">
          {items.map((report) => {
            const { photo } = report;
            const small = photo.renditions[0];
            return (
              <li class="desk-item" key={report.id} data-report={report.id}>
                {small ? <img src={small.url} alt="" width={96} height={96} /> : <span class="desk-item-none" />}
                <div class="desk-item-words">
                  <strong>{d(REASON[report.reason])}</strong>
                  {report.note && <q dir="auto">{report.note}</q>}
                  <span class="small quiet">
                    <span>{d('reportedBy', { name: isolated(report.by.name || d('unnamed')) })}</span> ·{' '}
                    <time
                      dateTime={report.createdAt}
                      title={formatMoment(boot.locale, event.timeZone, report.createdAt)}
                    >
                      {ago(boot.locale, report.createdAt)}
                    </time>{' '}
                    · <span>{d('photoOf', { name: isolated(photo.by || d('unnamed')) })}</span>
                  </span>
                  <Link class="small" to={`/admin/events/${event.slug}/photos?tab=${photo.status}&photo=${photo.id}`}>
                    {d('onTheTable')}
                  </Link>
                </div>
                {report.outcome ? (
                  <Badge tone={report.outcome === 'kept' ? 'good' : 'bad'}>
                    {d(report.outcome === 'kept' ? 'outcomeKept' : 'outcomeRemoved')}
                  </Badge>
                ) : (
                  <div class="desk-item-does">
                    <Button
                      kind="bad"
                      disabledReason={why}
                      onClick={() => void resolve(report, 'removed')}
                      data-outcome="removed"
                    >
                      {d('removePhoto')}
                    </Button>
                    <Button disabledReason={why} onClick={() => void resolve(report, 'kept')} data-outcome="kept">
                      {d('keepPhoto')}
                    </Button>
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {list.hasMore && <Button onClick={list.more}>{t('loadMore')}</Button>}
    </main>
  );
}
