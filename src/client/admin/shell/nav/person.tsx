import { LOCALE_NAMES, LOCALES } from '../../../../contract/messages/shape.ts';
import { Link, useConsole } from '../console.tsx';
import { Keys } from '../keys/key-help.tsx';
import { findPage } from '../pages.ts';
import { Icon } from './icons.tsx';

const YEAR_SECONDS = 31_536_000;

/** The language is the one the guests' pages remember as well; words come with the page, so it is loaded anew. */
function speak(locale: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `lang=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
  location.reload();
}

function LanguageField() {
  const { boot, say } = useConsole();
  return (
    <label class="nav-language">
      <span class="small quiet">{say.shell('language')}</span>
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

/** Who one is, and what goes with that: profile, language, signing out. */
export function Person({ onKeys }: { onKeys?: () => void }) {
  const { session, user, role, path, say, t } = useConsole();
  if (!user) return null;
  return (
    <div class="person">
      <div class="person-who">
        <span class="person-mark" aria-hidden="true">
          {(Array.from(user.name || user.email)[0] || '').toUpperCase()}
        </span>
        <div class="person-names">
          <span class="said">{say.shell('youAre', { name: '' })}</span>
          <bdi class="person-name">{user.name}</bdi>
          {user.email && <bdi class="person-email quiet small">{user.email}</bdi>}
        </div>
      </div>
      {role !== 'moderator' && findPage('/admin/profile') && (
        <Link class="nav-item" to="/admin/profile" current={path.indexOf('/admin/profile') === 0}>
          <Icon name="guests" />
          <span class="nav-label">{say.shell('profile')}</span>
        </Link>
      )}
      <LanguageField />
      {onKeys && (
        <button type="button" class="nav-item" onClick={onKeys}>
          <Icon name="keyboard" />
          <span class="nav-label">{say.shell('keys')}</span>
          <Keys of={{ keys: '?' }} />
        </button>
      )}
      <button type="button" class="nav-item" onClick={() => void session.signOut()}>
        <Icon name="out" />
        <span class="nav-label">{t('signOut')}</span>
      </button>
    </div>
  );
}
