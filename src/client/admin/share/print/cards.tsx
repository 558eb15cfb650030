import type { Locale } from '../../../../contract/messages/shape.ts';
import { directionOf } from '../../../../contract/messages/shape.ts';
import { sayOnCard } from '../../../../contract/messages/cards.ts';
import { formatDay } from '../../../../contract/messages/times.ts';
import { QrPicture } from '../qr-picture.tsx';
import { FORMAT_PLANS, type Format, type Placed, type Sheet } from './sheet-rules.ts';

/** What all cards of one print say. */
export interface CardTexts {
  host: string;
  /** rooted address of the tenant's picture */
  logo: string | null;
  /** the accent, dark enough for white paper */
  ink: string;
  name: string;
  startsAt: string | null;
  timeZone: string;
  locales: Locale[];
  pin: string | null;
  wifi: { name: string; password: string } | null;
}

/** One card: that of a table, or the one for everybody, whose label is null. */
export interface Card {
  label: string | null;
  link: string;
}

const NUMBER = new RegExp('^\\p{Nd}{1,4}$', 'u');

/** A label that is only a number says what it counts. */
const labelOn = (label: string, locale: Locale): string =>
  NUMBER.test(label) ? sayOnCard(locale)('table', { label }) : label;

const shortLink = (link: string): string => link.replace(/^https?:\/\//, '').replace(/\?t=.*$/, '');

function Facts({ texts, locale }: { texts: CardTexts; locale: Locale }) {
  const t = sayOnCard(locale);
  if (!texts.pin && !texts.wifi) return null;
  return (
    <dl class="card-facts">
      {texts.pin && (
        <div>
          <dt>{t('pin')}</dt>
          <dd>
            <bdi class="card-pin">{texts.pin}</bdi>
          </dd>
        </div>
      )}
      {texts.wifi && (
        <div>
          <dt>{t('wifi')}</dt>
          <dd>
            <bdi>{texts.wifi.name}</bdi>
          </dd>
        </div>
      )}
      {texts.wifi && texts.wifi.password && (
        <div>
          <dt>{t('password')}</dt>
          <dd>
            <bdi>{texts.wifi.password}</bdi>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Words({ texts }: { texts: CardTexts }) {
  return (
    <div class="card-words">
      {texts.locales.map((locale, at) => (
        <div
          key={locale}
          class={at === 0 ? 'card-say' : 'card-say card-say-second'}
          lang={locale}
          dir={directionOf(locale)}
        >
          <p class="card-headline">{sayOnCard(locale)('headline')}</p>
          <p class="card-text">{sayOnCard(locale)('text')}</p>
        </div>
      ))}
    </div>
  );
}

function CardFace({ card, texts, format }: { card: Card; texts: CardTexts; format: Format }) {
  const locale = texts.locales[0] || 'en';
  const { shape, em } = FORMAT_PLANS[format];
  return (
    <div
      class={`paper-card card-${shape}`}
      style={{ fontSize: `${em}mm`, color: texts.ink }}
      lang={locale}
      dir={directionOf(locale)}
    >
      <div class="card-flow">
        <div class="card-head">
          <p class="card-host">{texts.logo ? <img src={texts.logo} alt={texts.host} /> : <bdi>{texts.host}</bdi>}</p>
          <p class="card-name">
            <bdi>{texts.name}</bdi>
          </p>
          {texts.startsAt && <p class="card-date">{formatDay(locale, texts.timeZone, texts.startsAt)}</p>}
          {card.label !== null && (
            <p class="card-label">
              <bdi>{labelOn(card.label, locale)}</bdi>
            </p>
          )}
        </div>
        <div class="card-code">
          <QrPicture text={card.link} label={card.link} />
          <p class="card-link" dir="ltr">
            {shortLink(card.link)}
          </p>
        </div>
        <div class="card-foot">
          <Words texts={texts} />
          <Facts texts={texts} locale={locale} />
        </div>
      </div>
    </div>
  );
}

const at = (value: number) => `${value}mm`;

/** Short lines at the edges where one folds, a dashed line where one cuts: none of them touches a card. */
function Marks({ format }: { format: Format }) {
  const { folds, cuts, isTaped } = FORMAT_PLANS[format];
  return (
    <>
      {folds.map((y) => (
        <div key={`f${y}`} class="mark-fold" style={{ top: at(y) }} data-mark="fold" />
      ))}
      {cuts.map((x) => (
        <div key={`c${x}`} class="mark-cut" style={{ left: at(x) }} data-mark="cut" />
      ))}
      {isTaped && <div class="mark-tape" data-mark="tape" />}
    </>
  );
}

/** One sheet of paper in its true size. */
export function SheetPicture({ sheet, texts, format }: { sheet: Sheet<Card>; texts: CardTexts; format: Format }) {
  const { width, height } = FORMAT_PLANS[format];
  return (
    <div class="paper" style={{ width: at(width), height: at(height) }}>
      {sheet.map(({ card, face }: Placed<Card>, place) => (
        <div
          key={place}
          class={face.isTurned ? 'paper-face face-turned' : 'paper-face'}
          style={{ left: at(face.x), top: at(face.y), width: at(face.width), height: at(face.height) }}
        >
          <CardFace card={card} texts={texts} format={format} />
        </div>
      ))}
      <Marks format={format} />
    </div>
  );
}
