import { render } from 'preact';
import './design.css';
import type { AdminBoot } from '../../contract/boot.ts';
import { LOCALE_NAMES, LOCALES } from '../../contract/messages/shape.ts';
import { readSay } from '../admin/shell/words.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { Actions } from './actions.tsx';
import { Fields } from './fields.tsx';
import { Lists } from './lists.tsx';
import { forceScheme } from './scheme.ts';
import { States } from './states.tsx';
import { Tokens } from './tokens.tsx';

/*
 * Every component in every state, for those who build with them; served in local mode only. Headings are English,
 * what the components say is in the language of the address.
 */
const boot = readBoot<AdminBoot>();
const { admin: t, desk } = readSay(boot.locale);
const query = new URLSearchParams(location.search);
const wanted = query.get('scheme');
const scheme = wanted === 'dark' || wanted === 'light' ? wanted : null;

function address(change: Record<string, string | null>): string {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return `/design?${String(next)}`;
}

function Choice({ name, label, options }: { name: string; label: string; options: [string | null, string][] }) {
  return (
    <nav class="row-wrap" aria-label={label}>
      {options.map(([value, text]) => {
        const isCurrent = name === 'lang' ? value === boot.locale : value === scheme;
        return (
          <a
            key={text}
            class={isCurrent ? 'button button-small' : 'button button-quiet button-small'}
            href={address({ [name]: value })}
            aria-current={isCurrent ? 'true' : undefined}
          >
            {text}
          </a>
        );
      })}
    </nav>
  );
}

function Design() {
  return (
    <>
      <main class="design" id="main">
        <header class="design-head" lang="en">
          <h1>Design system</h1>
          <Choice
            name="scheme"
            label="Light or dark"
            options={[
              [null, 'System'],
              ['light', 'Light'],
              ['dark', 'Dark'],
            ]}
          />
          <Choice name="lang" label="Language" options={LOCALES.map((locale) => [locale, LOCALE_NAMES[locale]])} />
        </header>
        <Tokens />
        <Actions t={t} desk={desk} />
        <Fields t={t} desk={desk} />
        <Lists t={t} desk={desk} />
        <States t={t} desk={desk} />
      </main>
      <div class="toasts" id="toasts" role="status" />
    </>
  );
}

const host = byId('app');
if (host) {
  if (scheme) forceScheme(scheme);
  render(<Design />, host);
}
