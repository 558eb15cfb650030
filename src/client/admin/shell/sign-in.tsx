import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { reasonOf, useConsole, useTitle } from './console.tsx';
import { useHeldFocus } from './held-focus.ts';

/** @param email of whoever was signed in, where the session has ended */
function SignInForm({ email: known }: { email?: string }) {
  const console = useConsole();
  const { session, t } = console;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  // Before the page can be typed into: a focus that moves later takes the next letters to the wrong field.
  useLayoutEffect(() => {
    const first = known ? password.current : email.current;
    if (first) first.focus();
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) || '');
    setBusy(true);
    const answer = await session.signIn(text('email').trim(), text('password'), text('otp').trim());
    setBusy(false);
    setRefusal(answer.ok ? null : answer);
  };
  return (
    <form class="stack" onSubmit={submit}>
      {refusal && (
        <p class="notice notice-bad" role="alert" id="sign-in-error">
          {reasonOf(console, refusal)}
        </p>
      )}
      <div class="field">
        <label for="email">{t('email')}</label>
        <input
          ref={email}
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxLength={254}
          dir="ltr"
          defaultValue={known || ''}
        />
      </div>
      <div class="field">
        <label for="password">{t('password')}</label>
        <input
          ref={password}
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          dir="ltr"
          aria-invalid={refusal ? 'true' : undefined}
          aria-describedby={refusal ? 'sign-in-error' : undefined}
        />
      </div>
      {refusal && refusal.code === 'auth.otp_required' && (
        <div class="field">
          <label for="otp">{t('otp')}</label>
          <input
            id="otp"
            name="otp"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={16}
            required
            dir="ltr"
          />
        </div>
      )}
      <button class="button" type="submit" disabled={isBusy}>
        {t('signIn')}
      </button>
    </form>
  );
}

export function SignInPage() {
  const { boot, t } = useConsole();
  useTitle(`${t('signIn')} · ${boot.tenant.name}`);
  return (
    <main class="sign-in">
      <div class="stack">
        <h1>{t('signInTitle', { tenant: boot.tenant.name })}</h1>
        <SignInForm />
      </div>
    </main>
  );
}

/** The session has ended in the middle of work: the page stays, and what was asked for is done after signing in. */
export function SignInAgain() {
  const { session, user, say } = useConsole();
  // Nothing but signing in or giving up leads out of it: Escape by accident would lose the work.
  const panel = useHeldFocus(() => {});
  return (
    <div class="overlay overlay-dialog">
      <div class="veil" />
      <div class="dialog sign-in-again" ref={panel} role="dialog" aria-modal="true" aria-labelledby="again-title">
        <div class="stack sign-in">
          <h2 id="again-title">{say.shell('signInAgain')}</h2>
          <p>{say.shell('signInAgainText')}</p>
          <SignInForm email={user ? user.email : ''} />
          <Button onClick={() => session.leave()}>{say.shell('discard')}</Button>
        </div>
      </div>
    </div>
  );
}
