import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { useUid } from './uid.ts';

export interface MenuItem {
  label: string;
  run: () => void;
  kind?: 'bad';
  /** why it cannot be used now, shown below it; null: it can */
  disabledReason?: string | null;
}

export interface MenuProps {
  /** what it holds, said by screen readers; shown as well when there are no children */
  label: string;
  items: readonly MenuItem[];
  /** what the button shows instead of three dots */
  children?: ComponentChildren;
  size?: 'normal' | 'small';
}

const EDGE_PX = 8;

/** Beside its button, inside the window, whatever scrolls around it. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const isRtl = getComputedStyle(button).direction === 'rtl';
  const wanted = isRtl ? at.left : at.right - menu.offsetWidth;
  const left = Math.max(EDGE_PX, Math.min(wanted, window.innerWidth - menu.offsetWidth - EDGE_PX));
  const fitsBelow = at.bottom + 4 + menu.offsetHeight + EDGE_PX <= window.innerHeight;
  const top = fitsBelow ? at.bottom + 4 : Math.max(EDGE_PX, at.top - menu.offsetHeight - 4);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

/** Further actions behind a button. Arrow keys, Home, End and first letters move; Escape gives the button back. */
export function Menu({ label, items, children, size = 'small' }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const id = useUid();

  const entries = () =>
    menu.current ? Array.from(menu.current.querySelectorAll<HTMLElement>('[role="menuitem"]')) : [];
  const close = (giveBack: boolean) => {
    setOpen(false);
    if (giveBack && button.current) button.current.focus();
  };

  // Before the next key can come, which belongs to the menu already.
  useLayoutEffect(() => {
    if (!isOpen || !menu.current || !button.current) return;
    place(menu.current, button.current);
    const first = entries()[0];
    if (first) first.focus({ preventScroll: true });
  }, [isOpen]);
  // Later, so that the press and the scrolling that came before do not close what they opened.
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event) => {
      const target = event.target as Node;
      const isInside = [menu.current, button.current].some((element) => element && element.contains(target));
      if (!isInside) close(false);
    };
    const away = () => close(false);
    document.addEventListener('pointerdown', outside);
    window.addEventListener('resize', away);
    window.addEventListener('scroll', away, true);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('resize', away);
      window.removeEventListener('scroll', away, true);
    };
  }, [isOpen]);

  const onKey = (event: KeyboardEvent) => {
    const list = entries();
    const at = list.indexOf(document.activeElement as HTMLElement);
    const go = (to: number) => {
      const entry = list[(to + list.length) % list.length];
      if (entry) entry.focus();
    };
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at < 0 ? -1 : at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(list.length - 1);
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(true);
    else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLocaleLowerCase();
      const next = list.concat(list).slice(at + 1);
      const found = next.find((entry) => (entry.textContent || '').trim().toLocaleLowerCase().indexOf(letter) === 0);
      if (found) found.focus();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span class="menu">
      <button
        ref={button}
        type="button"
        class={`button button-bare${size === 'small' ? ' button-small' : ''}${children ? '' : ' button-icon'}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={children ? undefined : label}
        title={children ? undefined : label}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || isOpen) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children && children !== label && <span class="said">{label}: </span>}
        {children || <Icon name="more" />}
      </button>
      {isOpen && (
        <div class="menu-list" id={id} ref={menu} role="menu" aria-label={label} onKeyDown={onKey}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={item.kind === 'bad' ? 'menu-item menu-item-bad' : 'menu-item'}
              aria-disabled={item.disabledReason ? 'true' : undefined}
              onClick={() => {
                if (item.disabledReason) return;
                close(true);
                item.run();
              }}
            >
              {item.label}
              {item.disabledReason && <span class="menu-reason">{item.disabledReason}</span>}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
