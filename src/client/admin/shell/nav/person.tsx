import { LOCALE_NAMES, LOCALES } from '../../../../contract/messages/shape.ts';
import { Avatar } from '../../../shared/ui/signs.tsx';
import { pathOf } from '../address-rules.ts';
import { Link, useConsole } from '../console.tsx';
import { findPage } from '../pages.ts';
import { Icon } from './icons.tsx';

const PROFILE = '/admin/profile';

/** The server keeps the choice, for the guests' pages as well; the words come with the page. */
function speak(locale: string): void {
  const address = new URL(location.href);
  address.searchParams.set('lang', locale);
  location.replace(address.href);
}

function LanguageField() {
  const { boot, say } = useConsole();
  return (
    <label class="nav-language">
      <Icon name="language" />
      <span class="said">{say.shell('language')}</span>
      <select value={boot.locale} onChange={(event) => speak(event.currentTarget.value)}>
        {LOCALES.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {LOCALE_NAMES[locale]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Who one is. A helper has no account, and so no profile. */
function Who() {
  const { user, role, path, say } = useConsole();
  if (!user) return null;
  const who = (
    <>
      <Avatar name={user.name || user.email} />
      <span class="person-names">
        <bdi class="person-name" title={user.name || user.email}>
          {user.name || user.email}
        </bdi>
        {user.name && user.email && (
          <bdi class="person-email quiet small" title={user.email}>
            {user.email}
          </bdi>
        )}
      </span>
    </>
  );
  if (role === 'moderator' || !findPage(PROFILE)) return <p class="person-who">{who}</p>;
  return (
    <Link class="person-who" to={PROFILE} current={pathOf(path) === PROFILE}>
      {who}
      <span class="said">{say.shell('profile')}</span>
    </Link>
  );
}

/** Who one is, and what goes with that: profile, language, keys, signing out. */
export function Person({ onKeys }: { onKeys?: () => void }) {
  const { router, session, say, t } = useConsole();
  return (
    <div class="person">
      <Who />
      <button
        type="button"
        class="person-button"
        title={t('signOut')}
        onClick={() => router.leave(() => void session.signOut())}
      >
        <Icon name="out" />
        <span class="person-label">{t('signOut')}</span>
      </button>
      <LanguageField />
      {onKeys && (
        <button type="button" class="person-button" title={say.shell('keys')} onClick={onKeys}>
          <Icon name="keyboard" />
          <span class="person-label">{say.shell('keys')}</span>
        </button>
      )}
    </div>
  );
}
