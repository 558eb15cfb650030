import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import { LOCALE_NAMES, LOCALES, type Locale } from '../../../../contract/messages/shape.ts';
import { derivePalettes } from '../../../../contract/theme/palette.ts';
import { eventPath } from '../../../shared/api.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { RadioCards, SwitchField } from '../../../shared/ui/choice.tsx';
import { SelectField } from '../../../shared/ui/field.tsx';
import { useConsole } from '../../shell/console.tsx';
import { TextField } from '../../shell/ui.tsx';
import { linkOf } from '../links.ts';
import type { TableRow } from '../use-tables.ts';
import { SheetPicture, type Card, type CardTexts } from './cards.tsx';
import './cards.css';
import { FormatSketch } from './format-sketch.tsx';
import { Preview } from './preview.tsx';
import { openPrintWindow } from './print-window.tsx';
import { FORMAT_PLANS, FORMATS, isTent, layOut, type Format } from './sheet-rules.ts';

export interface PrintPanelProps {
  event: StaffEvent;
  rows: TableRow[];
}

const EVERYBODY = '*';
const EACH = '**';
const COPIES_MAX = 200;
const LABELS = {
  'a6-tent': 'a6Tent',
  'a5-tent': 'a5Tent',
  'a4-tent': 'a4Tent',
  'a4-poster': 'a4Poster',
  'a3-poster': 'a3Poster',
} as const satisfies Record<Format, string>;
const HINTS = {
  'a6-tent': 'a6TentHint',
  'a5-tent': 'a5TentHint',
  'a4-tent': 'a4TentHint',
  'a4-poster': 'a4PosterHint',
  'a3-poster': 'a3PosterHint',
} as const satisfies Record<Format, string>;

/** The languages that cards are printed in unless somebody says otherwise: the event's own. */
function languagesOf({ settings }: StaffEvent, own: Locale): Locale[] {
  const { languages, defaultLanguage } = settings;
  const first = defaultLanguage || (languages.indexOf(own) >= 0 ? own : languages[0]) || own;
  const second = languages.length === 2 ? languages.filter((locale) => locale !== first)[0] : undefined;
  return second ? [first, second] : [first];
}

/** What is printed: format, for whom, in which words; the sheets beside it are what comes out of the printer. */
export function PrintPanel({ event, rows }: PrintPanelProps) {
  const { boot, session, say, role } = useConsole();
  const t = say.share;
  const printWindow = useRef(openPrintWindow());
  const [format, setFormat] = useState<Format>('a6-tent');
  const [wanted, setFor] = useState<string | null>(null);
  const [copies, setCopies] = useState('2');
  const [first, setFirst] = useState<Locale>(languagesOf(event, boot.locale)[0] || boot.locale);
  const [second, setSecond] = useState<Locale | ''>(languagesOf(event, boot.locale)[1] || '');
  const [hasDate, setDate] = useState(true);
  const [wifi, setWifi] = useState({ isOn: false, name: '', password: '' });

  const seated = rows.filter((row) => row.code);
  // Whoever has tables wants a card for each of them.
  const given = wanted === null ? (seated.length > 0 ? EACH : EVERYBODY) : wanted;
  const isKnown = given === EVERYBODY || given === EACH || seated.some(({ code }) => code === given);
  const whom = isKnown && !(given === EACH && seated.length === 0) ? given : EVERYBODY;
  const count = /^\d{1,3}$/.test(copies) ? Math.min(COPIES_MAX, Number(copies)) : 0;

  const cards = useMemo<Card[]>(() => {
    if (whom === EACH) return seated.map(({ code, label }) => ({ label, link: linkOf(event.slug, code || null) }));
    const table = seated.filter(({ code }) => code === whom)[0];
    const card = { label: table ? table.label : null, link: linkOf(event.slug, (table && table.code) || null) };
    return Array.from({ length: Math.max(1, count) }, () => card);
  }, [whom, rows, count, event.slug]);

  const texts: CardTexts = {
    host: boot.tenant.name,
    logo: boot.tenant.logo,
    ink: derivePalettes({ accent: event.settings.look.accent || boot.tenant.accent, temperature: 'neutral' }).light
      .accentText,
    name: event.name,
    startsAt: hasDate ? event.startsAt : null,
    timeZone: event.timeZone,
    locales: second && second !== first ? [first, second] : [first],
    pin: event.visibility === 'pin' ? event.pin : null,
    wifi: wifi.isOn && wifi.name.trim() ? { name: wifi.name.trim(), password: wifi.password.trim() } : null,
  };
  const sheets = layOut(format, cards);
  const paper = FORMAT_PLANS[format];
  const all = (
    <>
      {sheets.map((sheet, at) => (
        <SheetPicture key={at} sheet={sheet} texts={texts} format={format} />
      ))}
    </>
  );
  const latest = useRef({ all, paper });
  latest.current = { all, paper };

  // The browser's own way to print gives the same sheets; whatever has been prepared is put away after it.
  useEffect(() => {
    const target = printWindow.current;
    const before = () => target.prepare(latest.current.all, latest.current.paper);
    const after = () => target.clear();
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
      target.clear();
    };
  }, []);

  const print = async () => {
    await printWindow.current.print(all, paper);
    // A viewer may print, too, but the list of what is done is not theirs to tick.
    if (role === 'viewer') return;
    await session.authed(eventPath(event.id, '/checklist'), {
      method: 'PATCH',
      body: { id: 'qr_printed', done: true },
    });
  };

  const whomOptions = [
    { value: EVERYBODY, label: t('forEverybody') },
    ...(seated.length > 0 ? [{ value: EACH, label: t('forEach', { count: seated.length }) }] : []),
    ...seated.map(({ code, label }) => ({ value: code || '', label })),
  ];
  const languages = LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }));

  return (
    <section class="print" aria-labelledby="share-print">
      <h2 id="share-print">{t('print')}</h2>
      <div class="print-sides">
        <div class="stack">
          <RadioCards<Format>
            legend={t('format')}
            name="format"
            value={format}
            columns
            onChange={setFormat}
            options={FORMATS.map((one) => ({
              value: one,
              label: t(LABELS[one]),
              hint: t(HINTS[one]),
              icon: <FormatSketch format={one} />,
            }))}
          />
          <div class="print-pair">
            <SelectField label={t('cardsFor')} name="whom" value={whom} options={whomOptions} onChange={setFor} />
            {whom !== EACH && (
              <TextField
                label={t('copies')}
                name="copies"
                value={copies}
                onInput={setCopies}
                inputMode="numeric"
                dir="ltr"
                error={count < 1 ? t('countWrong', { count: COPIES_MAX }) : null}
              />
            )}
          </div>
          <div class="print-pair">
            <SelectField<Locale>
              label={t('firstLanguage')}
              name="first"
              value={first}
              options={languages}
              onChange={setFirst}
            />
            <SelectField<Locale | ''>
              label={t('secondLanguage')}
              name="second"
              value={second === first ? '' : second}
              options={[
                { value: '' as const, label: t('noLanguage') },
                ...languages.filter(({ value }) => value !== first),
              ]}
              onChange={setSecond}
            />
          </div>
          {event.startsAt && <SwitchField label={t('withDate')} name="date" checked={hasDate} onChange={setDate} />}
          <SwitchField
            label={t('withWifi')}
            name="wifi"
            hint={t('wifiHint')}
            checked={wifi.isOn}
            onChange={(isOn) => setWifi({ ...wifi, isOn })}
          />
          {wifi.isOn && (
            <div class="print-pair">
              <TextField
                label={t('wifiName')}
                name="wifi-name"
                value={wifi.name}
                maxLength={32}
                autocomplete="off"
                onInput={(name) => setWifi({ ...wifi, name })}
              />
              <TextField
                label={t('wifiPassword')}
                name="wifi-password"
                value={wifi.password}
                maxLength={63}
                dir="ltr"
                optional
                autocomplete="off"
                onInput={(password) => setWifi({ ...wifi, password })}
              />
            </div>
          )}
          {event.visibility === 'pin' && !event.pin && <p class="notice">{t('pinNotPrinted')}</p>}
          <div class="print-go">
            <Button kind="main" onClick={() => void print()}>
              {t('printSheets', { count: sheets.length })}
            </Button>
            <p class="field-hint">{isTent(format) ? t(paper.isTaped ? 'howTaped' : 'howFolded') : t('howPoster')}</p>
          </div>
        </div>
        <Preview sheets={sheets} texts={texts} format={format} />
      </div>
    </section>
  );
}
