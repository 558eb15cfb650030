import { render } from 'preact';
import type { DoorBoot } from '../../contract/boot.ts';
import type { Arriving } from '../gallery/mine/move/arrival-rules.ts';
import { Mine } from '../gallery/mine/open.tsx';
import { t } from '../gallery/words.ts';
import { byId } from '../shared/boot.ts';

export interface ArrivingProps {
  boot: DoorBoot;
  arriving: Arriving;
  /** the PIN comes first, and the link goes along */
  keep: () => void;
  /** the link is of no use here */
  drop: () => void;
}

/** Asks, over the form for the PIN, whether this device is to be who the link says. */
export function showArrival({ boot, arriving, keep, drop }: ArrivingProps): void {
  const place = document.createElement('div');
  document.body.appendChild(place);
  let isIn = false;
  const close = () => {
    render(null, place);
    place.remove();
    const pin = byId('pin');
    if (pin) pin.focus();
  };
  const enter = () => location.replace(boot.home);
  const onClose = () => {
    if (isIn) return enter();
    drop();
    close();
  };
  render(
    <Mine key={arriving.token} locale={boot.locale} title={t('arriveTitle')} onClose={onClose}>
      {({ Arrival }) => (
        <Arrival
          event={boot.event.slug}
          arriving={arriving}
          own={null}
          onJoined={() => {
            isIn = true;
            drop();
          }}
          onMine={enter}
          onPin={() => {
            keep();
            close();
          }}
          onClose={onClose}
        />
      )}
    </Mine>,
    place,
  );
}
