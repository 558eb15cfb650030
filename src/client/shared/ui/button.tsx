import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { showToast } from '../toast.ts';
import { useUid } from './uid.ts';

type Kind = 'main' | 'quiet' | 'bad' | 'bare';
type Size = 'normal' | 'small';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'size' | 'disabled' | 'onClick'> {
  /** `main`: the one thing to do here; `bad`: it destroys something; `bare`: words only, until they are touched */
  kind?: Kind;
  size?: Size;
  wide?: boolean;
  /** something is under way: keeps its place and its focus, takes no clicks */
  busy?: boolean;
  /** why it cannot be used now, shown on hover, said by screen readers and on a click; null: it can be used */
  disabledReason?: string | null;
  onClick?: (event: MouseEvent) => void;
  children?: ComponentChildren;
}

const looks = (kind: Kind, size: Size, isWide: boolean, more: unknown): string =>
  `button${kind === 'main' ? '' : ` button-${kind}`}${size === 'small' ? ' button-small' : ''}${
    isWide ? ' button-wide' : ''
  }${more ? ` ${String(more)}` : ''}`;

/**
 * A button. One that cannot be used stays reachable and says why: `disabled` would take it out of the
 * order of keys, and nobody could find out.
 */
export function Button({
  kind = 'quiet',
  size = 'normal',
  wide = false,
  busy = false,
  disabledReason = null,
  type = 'button',
  onClick,
  children,
  class: more,
  ...rest
}: ButtonProps) {
  const why = useUid();
  const isOff = busy || disabledReason !== null;
  const click = (event: MouseEvent) => {
    if (!isOff) return onClick && onClick(event);
    event.preventDefault();
    event.stopPropagation();
    if (disabledReason && !busy) showToast(disabledReason);
  };
  return (
    <button
      {...rest}
      type={type}
      class={looks(kind, size, wide, more)}
      aria-disabled={isOff ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      aria-describedby={disabledReason ? why : rest['aria-describedby']}
      title={disabledReason || rest.title}
      onClick={click}
    >
      {children}
      {disabledReason && (
        <span class="said" id={why}>
          {' '}
          {disabledReason}
        </span>
      )}
    </button>
  );
}

export interface LinkButtonProps {
  href: string;
  kind?: Kind;
  size?: Size;
  wide?: boolean;
  /** opens beside this page, or is saved under that name */
  target?: '_blank';
  download?: string;
  onClick?: (event: MouseEvent) => void;
  children: ComponentChildren;
}

/** A link that looks like a button: it goes somewhere, a button does something. */
export function LinkButton({
  kind = 'quiet',
  size = 'normal',
  wide = false,
  target,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <a {...rest} class={looks(kind, size, wide, '')} target={target} rel={target ? 'noopener' : undefined}>
      {children}
    </a>
  );
}
