import type { ComponentChildren } from 'preact';
import { CopyField as PlainCopyField, type CopyFieldProps } from '../../shared/ui/copy-field.tsx';
import { ConfirmName as PlainConfirmName, type ConfirmNameProps } from '../../shared/ui/confirm-name.tsx';
import {
  Dialog as PlainDialog,
  Sheet as PlainSheet,
  type DialogProps,
  type SheetProps,
} from '../../shared/ui/dialog.tsx';
import { TextField as PlainTextField, type TextFieldProps } from '../../shared/ui/field.tsx';
import { Link, useConsole } from './console.tsx';

/* The components whose own words the console fills in; all others are taken from `shared/ui` as they are. */

export function TextField({ optional, ...rest }: Omit<TextFieldProps, 'optional'> & { optional?: boolean }) {
  const { t } = useConsole();
  return <PlainTextField {...rest} optional={optional ? t('optional') : false} />;
}

export const Dialog = (props: Omit<DialogProps, 'closeLabel'>) => (
  <PlainDialog {...props} closeLabel={useConsole().t('close')} />
);

export const Sheet = (props: Omit<SheetProps, 'closeLabel'>) => (
  <PlainSheet {...props} closeLabel={useConsole().t('close')} />
);

export function ConfirmName(props: Omit<ConfirmNameProps, 'words'>) {
  const { t } = useConsole();
  return <PlainConfirmName {...props} words={{ close: t('close'), cancel: t('cancel'), typeName: t('typeName') }} />;
}

export function CopyField(props: Omit<CopyFieldProps, 'words'>) {
  const { t } = useConsole();
  return <PlainCopyField {...props} words={{ copy: t('copy'), copied: t('copied') }} />;
}

export interface LinkButtonProps {
  to: string;
  kind?: 'main' | 'quiet';
  size?: 'normal' | 'small';
  children: ComponentChildren;
}

/** A link inside the console that looks like a button. */
export function LinkButton({ to, kind = 'quiet', size = 'normal', children }: LinkButtonProps) {
  const look = `button${kind === 'quiet' ? ' button-quiet' : ''}${size === 'small' ? ' button-small' : ''}`;
  return (
    <Link class={look} to={to}>
      {children}
    </Link>
  );
}
