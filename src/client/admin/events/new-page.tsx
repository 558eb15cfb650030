import { useEffect, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { formatShortMoment } from '../../../contract/messages/times.ts';
import { slugFromName } from '../../../contract/values/slugs.ts';
import type { Refusal } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import { LinkButton } from '../shell/ui.tsx';
import {
  createBody,
  datesOf,
  emptyForm,
  FIELD_ORDER,
  makePin,
  problemsOf,
  type EventForm,
} from './event-form-rules.ts';
import { AccessFields, LanguageFields } from './fields/access.tsx';
import { GuestFields } from './fields/guests.tsx';
import { LookFields } from './fields/look.tsx';
import { ModerationFields } from './fields/moderation.tsx';
import { NameField, WhenFields } from './fields/when.tsx';
import { useLeaveGuard } from '../shell/leave.tsx';
import { VISIBILITY_WORDS } from './visibility-words.ts';
import { ownZone } from './zone-names.ts';

const pinOfChance = () => makePin(() => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32);

/** Shows the field that keeps a form from being sent, also where it lies in a part that is closed. */
export function showField(form: HTMLElement | null, field: string): void {
  const input = form && form.querySelector<HTMLElement>(`[name="${field}"]`);
  if (!input) return;
  const closed = input.closest('details');
  if (closed) closed.open = true;
  input.focus();
  input.scrollIntoView({ block: 'center' });
}

/** What guests will meet first, as it is being set up. */
function Preview({ form }: { form: EventForm }) {
  const { boot, say } = useConsole();
  const { startsAt } = datesOf(form);
  return (
    <aside class="event-preview" aria-label={say.events('preview')}>
      <div class="event-preview-phone" style={{ '--preview-accent': form.accent || 'var(--accent)' }}>
        <p class="event-preview-brand quiet small">
          <bdi>{boot.tenant.name}</bdi>
        </p>
        <p class="event-preview-name" dir="auto">
          {form.name.trim() || say.events('namePlaceholder')}
        </p>
        <p class="quiet small">
          {startsAt ? formatShortMoment(boot.locale, form.timeZone, startsAt, new Date()) : say.events('noDate')}
        </p>
        <div class="event-preview-photos" aria-hidden="true">
          <span />
          <span />
          <span />
          <span />
        </div>
        <span class="event-preview-action">
          <Icon name="add" />
        </span>
        <p class="quiet small">
          {form.visibility === 'pin' && form.pin ? (
            <bdi dir="ltr">PIN {form.pin}</bdi>
          ) : (
            say.events(VISIBILITY_WORDS[form.visibility])
          )}
        </p>
      </div>
      {slugFromName(form.name) && (
        <p class="quiet small event-preview-address" dir="ltr">
          {location.host}/e/{slugFromName(form.name)}
        </p>
      )}
    </aside>
  );
}

export function NewEventPage() {
  const console = useConsole();
  const { boot, go, role, say, session, t } = console;
  const [first] = useState(() => emptyForm(ownZone(), pinOfChance()));
  const [form, setForm] = useState(first);
  const [wasTried, setTried] = useState(false);
  const [busy, setBusy] = useState<'draft' | 'live' | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [made, setMade] = useState<StaffEvent | null>(null);
  const host = useRef<HTMLFormElement>(null);
  useTitle(`${say.events('newEvent')} · ${boot.tenant.name}`);
  useLeaveGuard(JSON.stringify(form) !== JSON.stringify(first) && !made);
  useEffect(() => {
    if (made) go(`/admin/events/${made.slug}?made`, { replace: true });
  }, [made]);

  const reason = may(role, 'member') ? null : say.events('viewerReason');
  const problems = problemsOf(form, null, Date.now());
  const fields = {
    form,
    set: (change: Partial<EventForm>) => setForm((before) => ({ ...before, ...change })),
    problems: wasTried ? problems : {},
  };
  const create = async (status: 'draft' | 'live') => {
    if (reason || busy) return;
    setTried(true);
    const wrong = FIELD_ORDER.find((field) => problems[field]);
    if (wrong) return requestAnimationFrame(() => showField(host.current, wrong));
    setBusy(status);
    const answer = await session.authed<{ event: StaffEvent }>('/api/v1/events', {
      method: 'POST',
      body: createBody(form, status),
    });
    setBusy(null);
    setRefusal(answer.ok ? null : answer);
    if (answer.ok) setMade(answer.data.event);
  };
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <h1>{say.events('newEvent')}</h1>
      </div>
      <div class="event-new">
        <form
          class="column stack stack-wide"
          ref={host}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void create('live');
          }}
        >
          <NameField {...fields} autoFocus />
          <section class="section stack">
            <h2>{say.events('when')}</h2>
            <WhenFields {...fields} />
          </section>
          <section class="section stack">
            <h2>{say.events('look')}</h2>
            <LookFields {...fields} />
          </section>
          <section class="section stack">
            <h2>{say.events('guests')}</h2>
            <AccessFields {...fields} />
            <ModerationFields {...fields} />
          </section>
          <details class="more">
            <summary>
              <span class="more-title">{t('more')}</span>
              <span class="quiet small">{say.events('moreHint')}</span>
            </summary>
            <div class="stack stack-wide more-body">
              <LanguageFields {...fields} />
              <GuestFields {...fields} />
            </div>
          </details>
          {refusal && (
            <Notice tone="bad" role="alert">
              {reasonOf(console, refusal)}
            </Notice>
          )}
          <div class="form-foot">
            <Button kind="main" type="submit" busy={busy === 'live'} disabledReason={reason}>
              {say.events('goLive')}
            </Button>
            <Button busy={busy === 'draft'} disabledReason={reason} onClick={() => void create('draft')}>
              {say.events('saveDraft')}
            </Button>
            <LinkButton to="/admin">{t('cancel')}</LinkButton>
          </div>
        </form>
        <Preview form={form} />
      </div>
    </main>
  );
}
