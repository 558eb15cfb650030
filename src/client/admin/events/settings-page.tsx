import { useEffect, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { eventPath, type Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { TextField } from '../shell/ui.tsx';
import { DangerZone } from './danger-zone.tsx';
import { FIELD_ORDER, formOf, patchBody, problemsOf, type EventForm } from './event-form-rules.ts';
import { AccessFields, LanguageFields } from './fields/access.tsx';
import { GuestFields } from './fields/guests.tsx';
import { EventRoom } from './fields/event-room.tsx';
import { LookFields } from './fields/look.tsx';
import { ModerationFields, WordFields } from './fields/moderation.tsx';
import { useProblemWords } from './fields/shared.tsx';
import { NameField, WhenFields } from './fields/when.tsx';
import { useLeaveGuard } from '../shell/leave.tsx';
import { showField } from './new-page.tsx';

export function EventSettingsPage({ event, onEvent }: EventPageProps) {
  const console = useConsole();
  useTitle(`${console.say.shell('navSettings')} · ${event.name} · ${console.boot.tenant.name}`);
  const { go, role, say, session, t } = console;
  const [saved, setSaved] = useState(() => formOf(event));
  const [form, setForm] = useState(saved);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const host = useRef<HTMLFormElement>(null);
  const shownSlug = useRef(saved.slug);
  const reason = may(role, 'member') ? null : say.events('viewerReason');
  const isDirty = JSON.stringify(form) !== JSON.stringify(saved);
  useLeaveGuard(isDirty);
  // Once it is drawn as saved: before, the guard would ask whether to leave.
  useEffect(() => {
    if (saved.slug !== shownSlug.current) go(`/admin/events/${saved.slug}/settings`, { replace: true });
    shownSlug.current = saved.slug;
  }, [saved.slug]);
  const problems = problemsOf(form, saved, Date.now());
  const words = useProblemWords();
  const set = (change: Partial<EventForm>) => {
    if (!reason) setForm((before) => ({ ...before, ...change }));
  };
  const fields = { form, set, problems: isDirty ? problems : {} };

  const take = (changed: StaffEvent) => {
    const next = formOf(changed);
    setSaved(next);
    setForm(next);
    onEvent(changed);
  };
  const send = async (body: Record<string, unknown>): Promise<boolean> => {
    setBusy(true);
    const answer = await session.authed<{ event: StaffEvent }>(eventPath(event.id), { method: 'PATCH', body });
    setBusy(false);
    setRefusal(answer.ok ? null : answer);
    if (answer.ok) take(answer.data.event);
    return answer.ok;
  };
  const save = async () => {
    if (reason || busy) return;
    const wrong = FIELD_ORDER.find((field) => problems[field]);
    if (wrong) return showField(host.current, wrong);
    const before = saved;
    const body = patchBody(before, form);
    if (Object.keys(body).length === 0) return setForm(before);
    // Lists that could not be read are written anew with whatever else is saved, which makes them readable.
    if (!event.settings.isReadable) {
      body['holdWords'] = patchBody({ ...form, holdWords: '\u0000' }, form)['holdWords'];
      body['blockWords'] = patchBody({ ...form, blockWords: '\u0000' }, form)['blockWords'];
    }
    if (!(await send(body))) return;
    const back = patchBody(form, before);
    showToast(say.events('saved'), { label: t('undo'), run: () => void send(back) });
  };
  const suggestion = refusal && refusal.problem ? refusal.problem.suggestion : undefined;

  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <h1>{say.shell('navSettings')}</h1>
      </div>
      <div class="column stack stack-wide">
        {!event.settings.isReadable && <Notice tone="bad">{say.events('unreadable')}</Notice>}
        <form
          class="stack stack-wide"
          ref={host}
          noValidate
          onSubmit={(submitted) => {
            submitted.preventDefault();
            void save();
          }}
        >
          <fieldset
            class="stack stack-wide"
            disabled={reason !== null}
            aria-describedby={reason ? 'why-not' : undefined}
          >
            <NameField {...fields} />
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
              <LanguageFields {...fields} />
              <GuestFields {...fields} />
              <EventRoom event={event} />
            </section>
            <section class="section stack">
              <h2>{say.events('moderationTitle')}</h2>
              <ModerationFields {...fields} />
              <WordFields {...fields} />
            </section>
            <section class="section stack">
              <TextField
                label={say.events('address')}
                name="slug"
                dir="ltr"
                value={form.slug}
                onInput={(slug) => set({ slug: slug.toLowerCase() })}
                hint={
                  <>
                    <bdi dir="ltr">
                      {location.host}/e/{form.slug}
                    </bdi>{' '}
                    {say.events('addressHint')}
                  </>
                }
                error={words(fields.problems.slug)}
                maxLength={63}
                autocomplete="off"
              />
            </section>
          </fieldset>
          {refusal && (
            <Notice tone="bad" role="alert">
              <p>{reasonOf(console, refusal)}</p>
              {suggestion && (
                <Button size="small" onClick={() => (set({ slug: suggestion }), setRefusal(null))}>
                  {say.events('takeSuggestion', { slug: suggestion })}
                </Button>
              )}
            </Notice>
          )}
          {!reason && (
            <div class={isDirty ? 'form-foot form-foot-stays' : 'form-foot'}>
              <Button
                kind="main"
                type="submit"
                busy={busy}
                disabledReason={isDirty ? null : say.events('nothingToSave')}
              >
                {t('save')}
              </Button>
              {isDirty && <Button onClick={() => (setForm(saved), setRefusal(null))}>{say.events('discard')}</Button>}
            </div>
          )}
        </form>
        <DangerZone event={event} />
      </div>
    </main>
  );
}
