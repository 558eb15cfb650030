import { useState } from 'preact/hooks';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { reasonOf, useConsole } from '../shell/console.tsx';
import { TextField } from '../shell/ui.tsx';

const MIN_CHARACTERS = 10;

export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const console = useConsole();
  const { say, session, user } = console;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [wrong, setWrong] = useState<{ current?: string; next?: string; other?: string }>({});
  const [isBusy, setBusy] = useState(false);

  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    if (!current) return setWrong({ current: console.say.codes('auth.wrong_password') });
    if (Array.from(next).length < MIN_CHARACTERS) return setWrong({ next: say.people('passwordShort') });
    setBusy(true);
    const answer = await session.authed('/api/v1/auth/password', { method: 'POST', body: { current, next } });
    setBusy(false);
    if (!answer.ok) {
      const reason = reasonOf(console, answer);
      if (answer.code === 'auth.wrong_password') return setWrong({ current: reason });
      return setWrong(answer.code === 'auth.weak_password' ? { next: reason } : { other: reason });
    }
    setWrong({});
    setCurrent('');
    setNext('');
    showToast(say.people('passwordChanged'));
    onChanged();
  };
  return (
    <section class="section" aria-labelledby="password-title">
      <h2 id="password-title">{say.people('passwordTitle')}</h2>
      <form class="stack" onSubmit={(event) => void save(event)} noValidate>
        {/* So that a password manager knows whose password it is. */}
        <input type="hidden" name="username" autocomplete="username" value={user ? user.email : ''} />
        <TextField
          label={say.people('currentPassword')}
          name="current"
          type="password"
          dir="ltr"
          value={current}
          onInput={setCurrent}
          error={wrong.current || null}
          autocomplete="current-password"
        />
        <TextField
          label={say.people('newPassword')}
          name="next"
          type="password"
          dir="ltr"
          value={next}
          onInput={setNext}
          hint={say.people('passwordHint')}
          error={wrong.next || null}
          autocomplete="new-password"
        />
        {wrong.other && (
          <Notice tone="bad" role="alert">
            {wrong.other}
          </Notice>
        )}
        <div>
          <Button type="submit" busy={isBusy}>
            {say.people('changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}
