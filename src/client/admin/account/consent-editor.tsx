import { useState } from 'preact/hooks';
import { CONSENT_TEXT_MAX_LENGTH } from '../../../contract/values/event-limits.ts';
import type { ConsentAnswer } from '../../../contract/consent.ts';
import { directionOf, LOCALE_NAMES, LOCALES, type Locale } from '../../../contract/messages/shape.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { Tabs } from '../../shared/ui/tabs.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { useLeaveGuard } from '../shell/leave.tsx';
import { Dialog, TextField } from '../shell/ui.tsx';
import { draftOf, isChanged, readIn, textsOf, type Draft } from './consent-rules.ts';

const ROWS = 12;

/** What a guest sees who reads the chosen language. */
function Preview({ draft, locale }: { draft: Draft; locale: Locale }) {
  const { say } = useConsole();
  const texts = textsOf(draft);
  const language = readIn(texts, locale);
  return (
    <section class="section" aria-labelledby="preview-title">
      <h2 id="preview-title">{say.people('consentPreview')}</h2>
      <div class="consent-preview">
        {language ? (
          <>
            <p class="consent-words" lang={language} dir={directionOf(language)} tabIndex={0}>
              {texts[language]}
            </p>
            <p class="consent-agree">
              <span aria-hidden="true" />
              <span>{say.people('consentAgree')}</span>
            </p>
          </>
        ) : (
          <p class="quiet">{say.people('consentNone')}</p>
        )}
      </div>
      {language && language !== locale && (
        <p class="quiet small">
          {say.people('consentStandIn', { language: LOCALE_NAMES[locale], other: LOCALE_NAMES[language] })}
        </p>
      )}
    </section>
  );
}

interface Props {
  answer: ConsentAnswer;
  onWritten: (answer: ConsentAnswer) => void;
  /** somebody else may have written a version */
  onStale: () => void;
}

/** Writes the next version; what is published stays as it is for ever, so it is asked once more. */
export function ConsentEditor({ answer, onWritten, onStale }: Props) {
  const console = useConsole();
  const { boot, role, say, session, t } = console;
  const saved = answer.current ? answer.current.texts : {};
  const [draft, setDraft] = useState(() => draftOf(saved));
  const [locale, setLocale] = useState<Locale>(boot.locale);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const mayChange = may(role, 'admin');
  const isDirty = isChanged(draft, saved);
  useLeaveGuard(isDirty);
  const texts = textsOf(draft);
  const isEnd = Object.keys(texts).length === 0;
  const version = (answer.history[0] ? answer.history[0].version : 0) + 1;

  const publish = async () => {
    setBusy(true);
    const written = await session.authed<ConsentAnswer>('/api/v1/tenant/consent', { method: 'POST', body: { texts } });
    setBusy(false);
    setAsking(false);
    if (!written.ok) {
      setFailure(reasonOf(console, written));
      return onStale();
    }
    showToast(say.people(isEnd ? 'consentEnded' : 'consentPublished', { version }));
    onWritten(written.data);
  };
  const reason = !mayChange ? say.people('adminsOnly') : isDirty ? null : say.people('consentUnchanged');
  return (
    <div class="consent-columns">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!reason) setAsking(true);
        }}
      >
        <Tabs
          label={say.people('consentLanguages')}
          items={LOCALES.map((id) => ({ id, label: draft[id].trim() ? `${LOCALE_NAMES[id]} ✓` : LOCALE_NAMES[id] }))}
          value={locale}
          onChange={setLocale}
          controls="consent-language"
        />
        <div id="consent-language" role="tabpanel" lang={locale}>
          <TextField
            key={locale}
            label={say.people('consentWords', { language: LOCALE_NAMES[locale] })}
            name={`text-${locale}`}
            value={draft[locale]}
            onInput={(text) => setDraft({ ...draft, [locale]: text })}
            hint={say.people('consentHint')}
            maxLength={CONSENT_TEXT_MAX_LENGTH}
            dir={directionOf(locale)}
            readOnly={!mayChange}
            multiline
            rows={ROWS}
            optional
          />
        </div>
        {failure && (
          <Notice tone="bad" role="alert">
            {failure}
          </Notice>
        )}
        <div>
          <Button kind={isEnd && isDirty ? 'bad' : 'main'} type="submit" disabledReason={reason}>
            {isEnd && isDirty ? say.people('consentEnd') : say.people('consentPublish', { version })}
          </Button>
        </div>
      </form>
      <Preview draft={draft} locale={locale} />
      {isAsking && (
        <Dialog
          title={isEnd ? say.people('consentEnd') : say.people('consentPublish', { version })}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
              <Button kind={isEnd ? 'bad' : 'main'} busy={isBusy} onClick={() => void publish()}>
                {isEnd ? say.people('consentEnd') : say.people('consentPublish', { version })}
              </Button>
            </>
          }
        >
          <p>{say.people(isEnd ? 'consentEndText' : 'consentPublishText')}</p>
        </Dialog>
      )}
    </div>
  );
}
