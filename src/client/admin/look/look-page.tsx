import { useEffect, useState } from 'preact/hooks';
import type { Theme } from '../../../contract/tenants.ts';
import { themeUrl } from '../../../contract/theme/address.ts';
import type { Answer, Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, Skeleton } from '../../shared/ui/states.tsx';
import { Failure, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import { useLeaveGuard } from '../shell/leave.tsx';
import { AccentField, FaceField, GreysField, LegibilityNote } from './controls.tsx';
import { LogoField } from './logo-field.tsx';
import './look.css';
import { isDirty, toDraft, type Draft } from './look-rules.ts';
import { Preview } from './preview.tsx';
import { keepLogo, saveLook } from './save-look.ts';
import { useSample } from './use-sample.ts';

/** The console itself wears the look, too, as soon as it is saved. */
function wear(theme: Theme): void {
  const sheet = document.querySelector<HTMLLinkElement>('link[href^="/theme.css"]');
  if (sheet) sheet.href = themeUrl(theme);
}

function Editor({ theme, onSaved }: { theme: Theme; onSaved: (theme: Theme) => void }) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const [draft, setDraft] = useState<Draft>(() => toDraft(theme));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const sample = useSample();
  const dirty = isDirty(theme, draft);
  const maySave = may(role, 'admin');
  useLeaveGuard(dirty && maySave);
  useEffect(() => setDraft(toDraft(theme)), [theme]);

  const save = async (from: Theme, to: Draft, isUndo: boolean): Promise<void> => {
    setBusy(true);
    // Kept before it is gone, so that it can be given back.
    const before = await keepLogo(from, to);
    const answer = await saveLook(session, from, to);
    setBusy(false);
    setRefusal(answer.ok ? null : answer);
    if (!answer.ok) {
      if (isUndo) showToast(say.look('saveFailed', { reason: reasonOf(console, answer) }));
      return;
    }
    const now = answer.data.theme;
    wear(now);
    onSaved(now);
    if (isUndo) showToast(t('undone'));
    else showToast(say.look('saved'), { label: t('undo'), run: () => void save(now, before, true) });
  };
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));

  return (
    <div class="look">
      <form
        class="look-controls stack stack-wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (dirty && maySave && !isBusy) void save(theme, draft, false);
        }}
      >
        <AccentField draft={draft} onChange={change} />
        <LegibilityNote draft={draft} />
        <GreysField draft={draft} onChange={change} />
        <FaceField draft={draft} onChange={change} />
        <LogoField logo={draft.logo} onChange={(logo) => change({ logo })} />
        {refusal && (
          <Notice tone="bad" role="alert">
            {say.look('saveFailed', { reason: reasonOf(console, refusal) })}
          </Notice>
        )}
        {dirty && (
          <div class="look-save">
            <span class="look-save-words">{maySave ? say.look('unsaved') : say.look('mayNotSave')}</span>
            <Button onClick={() => setDraft(toDraft(theme))}>{say.look('discard')}</Button>
            <Button kind="main" type="submit" busy={isBusy} disabledReason={maySave ? null : say.look('mayNotSave')}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
      <Preview draft={draft} sample={sample} />
    </div>
  );
}

/** The tenant's look: tried out beside what it will be, then saved. */
export function LookPage() {
  const { boot, say, session } = useConsole();
  const [answer, setAnswer] = useState<Answer<{ theme: Theme }> | null>(null);
  const load = () => void session.authed<{ theme: Theme }>('/api/v1/tenant/theme').then(setAnswer);
  useEffect(load, []);
  useTitle(`${say.look('title')} · ${boot.tenant.name}`);
  return (
    <main class="page" id="main" tabIndex={-1} aria-busy={!answer}>
      <div class="page-head">
        <div>
          <h1>{say.look('title')}</h1>
          <p class="quiet">{say.look('lead')}</p>
        </div>
      </div>
      {!answer && <Skeleton height="420px" />}
      {answer && !answer.ok && <Failure refusal={answer} again={load} />}
      {answer && answer.ok && (
        <Editor theme={answer.data.theme} onSaved={(theme) => setAnswer({ ok: true, status: 200, data: { theme } })} />
      )}
    </main>
  );
}
