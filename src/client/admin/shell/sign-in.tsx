import { useEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../shared/api.ts';
import { reasonOf, useConsole, useTitle } from './console.tsx';

export function SignInPage({ wasIn }: { wasIn: boolean }) {
  const console = useConsole();
  const { boot, session, t } = console;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  useTitle(`${t('signIn')} · ${boot.tenant.name}`);
  useEffect(() => {
    if (email.current) email.current.focus();
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
    <main class="sign-in">
      <form class="stack" onSubmit={submit}>
        <h1>{t('signInTitle', { tenant: boot.tenant.name })}</h1>
        {wasIn && !refusal && <p class="notice">{t('signedOut')}</p>}
        {refusal && (
          <p class="notice notice-bad" role="alert" id="sign-in-error">
            {reasonOf(console, refusal)}
          </p>
        )}
        <div class="field">
          <label for="email">{t('email')}</label>
          <input ref={email} id="email" name="email" type="email" autocomplete="username" required maxLength={254} />
        </div>
        <div class="field">
          <label for="password">{t('password')}</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            aria-invalid={refusal ? 'true' : undefined}
            aria-describedby={refusal ? 'sign-in-error' : undefined}
          />
        </div>
        {refusal && refusal.code === 'auth.otp_required' && (
          <div class="field">
            <label for="otp">{t('otp')}</label>
            <input id="otp" name="otp" inputMode="numeric" autocomplete="one-time-code" maxLength={16} required />
          </div>
        )}
        <button class="button" type="submit" disabled={isBusy}>
          {t('signIn')}
        </button>
      </form>
    </main>
  );
}
