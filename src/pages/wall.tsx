import { renderSVG } from 'uqr';
import type { WallBoot, WallPhoto } from '../contract/boot.ts';
import type { Event } from '../contract/events.ts';
import { translator, wall, type Locale } from '../contract/messages/index.ts';
import type { Photo } from '../contract/photos.ts';
import { renderDocument, type PageTenant } from './document.tsx';

/** A QR code as inline SVG: black on white, because cameras in dim rooms fail on anything else. */
export const qrSvg = (text: string): string =>
  renderSVG(text, { ecc: 'M', border: 2, blackColor: '#000', whiteColor: '#fff' });

export interface WallProps {
  tenant: PageTenant;
  event: Event;
  /** what the code leads to, also shown as words */
  joinUrl: string;
  qrSvg: string;
  position: { epoch: string; seq: number };
  /** approved photos, newest first */
  photos: Photo[];
  nextCursor?: string | null;
  /** set while publication is stopped; `null`: in our words */
  held?: { message: string | null } | null;
  locale: Locale;
}

function toWallPhoto(photo: Photo): WallPhoto[] {
  const large = photo.renditions[photo.renditions.length - 1];
  if (!large) return [];
  const { id, by, caption, thumbhash, createdAt } = photo;
  return [{ id, url: large.url, width: large.width, height: large.height, by, caption, thumbhash, createdAt }];
}

/** The wall of one event: full screen, name and code always visible, everything else by script. */
export function renderWall(props: WallProps): string {
  const { event, locale, tenant } = props;
  const t = translator(locale, wall);
  const held = props.held ?? null;
  const boot: WallBoot = {
    event: { id: event.id, slug: event.slug, name: event.name },
    position: props.position,
    locale,
    photos: held ? [] : props.photos.flatMap(toWallPhoto),
    nextCursor: props.nextCursor ?? null,
  };
  const first = boot.photos[0];
  return renderDocument({
    locale,
    title: `${event.name} · ${tenant.name}`,
    entry: 'wall',
    theme: tenant.theme,
    bodyClass: ['wall', held ? 'wall-held' : boot.photos.length === 0 ? 'wall-empty' : ''].join(' ').trim(),
    boot,
    children: (
      <>
        <main aria-label={t('open', { event: event.name })}>
          <div class="stage" id="stage">
            {first && (
              <figure class="slide slide-shown" data-id={first.id}>
                <img
                  class="slide-photo"
                  src={first.url}
                  alt={first.caption ?? ''}
                  width={first.width}
                  height={first.height}
                />
              </figure>
            )}
          </div>
          <div class="scrim" />
          <div class="words">
            <p class="words-by" id="by" dir="auto">
              {first?.by ?? ''}
            </p>
            <h1 class="words-event" dir="auto" title={event.name}>
              {event.name}
            </h1>
          </div>
          <div class="code">
            <div
              class="code-square"
              role="img"
              aria-label={props.joinUrl}
              dangerouslySetInnerHTML={{ __html: props.qrSvg }}
            />
            <p class="code-words">{t('scan')}</p>
          </div>
          <div class="first">
            <p class="first-title">{t('first')}</p>
            <p>{t('firstText')}</p>
            <p class="first-link" dir="auto">
              {props.joinUrl.replace(/^https?:\/\//, '')}
            </p>
          </div>
          <div class="break" aria-live="polite">
            <p class="break-title" id="held-text" dir="auto" data-default={t('heldTitle')}>
              {held?.message ?? t('heldTitle')}
            </p>
            <p>{t('heldText')}</p>
          </div>
          <p class="offline" id="offline" role="status" hidden>
            {t('offline')}
          </p>
        </main>
      </>
    ),
  });
}
