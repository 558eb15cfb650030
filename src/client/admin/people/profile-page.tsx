import { useState } from 'preact/hooks';
import { LOCALE_NAMES, LOCALES, type Locale } from '../../../contract/messages/shape.ts';
import type { SignInSession } from '../../../contract/profile.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import { TextField } from '../shell/ui.tsx';
import { PasswordForm } from './password-form.tsx';
import './people.css';
import { SessionList } from './session-list.tsx';
import { useLoad } from './use-load.ts';

const NAME_MAX_LENGTH = 200;

function NameForm() {
  const console = useConsole();
  const { say, session, t, user } = console;
  const [name, setName] = useState(user ? user.name : '');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    if (!name.trim()) return setError(say.people('nameInvalid'));
    setBusy(true);
    const answer = await session.authed('/api/v1/auth/me', { method: 'PATCH', body: { name } });
    setBusy(false);
    if (!answer.ok) return setError(answer.status === 400 ? say.people('nameInvalid') : reasonOf(console, answer));
    showToast(say.people('saved'));
    void session.refresh();
  };
  return (
    <form class="stack" onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label={say.people('yourName')}
        name="name"
        value={name}
        onInput={(value) => {
          setName(value);
          setError(null);
        }}
        hint={say.people('yourNameHint')}
        error={error}
        maxLength={NAME_MAX_LENGTH}
        autocomplete="name"
      />
      <div>
        <Button type="submit" busy={isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function LanguageField() {
  const { boot, say } = useConsole();
  // The server keeps the choice; the words come with the page.
  const speak = (locale: Locale) => {
    const address = new URL(location.href);
    address.searchParams.set('lang', locale);
    location.replace(address.href);
  };
  return (
    <SelectField
      label={say.people('language')}
      name="language"
      value={boot.locale}
      options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
      onChange={speak}
      hint={say.people('languageHint')}
    />
  );
}

/** One's own name, language, password, and where one is signed in. */
export function ProfilePage() {
  const { boot, say, user } = useConsole();
  useTitle(`${say.people('profileTitle')} · ${boot.tenant.name}`);
  const sessions = useLoad<{ items: SignInSession[] }>('/api/v1/auth/sessions');
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <div>
          <h1>{say.people('profileTitle')}</h1>
          <p class="quiet">
            <bdi>{user && user.email}</bdi>
          </p>
        </div>
      </div>
      <div class="stack stack-wide column">
        <NameForm />
        <LanguageField />
        <PasswordForm onChanged={() => void sessions.load()} />
        <SessionList sessions={sessions} />
      </div>
    </main>
  );
}
