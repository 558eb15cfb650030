import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { useUid } from './uid.ts';

interface FrameProps {
  id: string;
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  /** the word "optional" in the reader's language, where a field may stay empty */
  optional?: string | false;
  end?: ComponentChildren;
  children: ComponentChildren;
}

/** Label above, then the control, then what helps or what is wrong. */
function Frame({ id, label, hint, error, optional, end, children }: FrameProps) {
  return (
    <div class="field">
      <span class="field-head">
        <label for={id}>
          {label} {optional && <span class="field-optional">{optional}</span>}
        </label>
        {end}
      </span>
      {children}
      {error && (
        <span class="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
      {hint && (
        <span class="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

const describedBy = (id: string, hint: unknown, error: unknown) =>
  [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;

export interface TextFieldProps {
  label: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | null;
  type?: 'text' | 'email' | 'password' | 'tel' | 'url' | 'search' | 'number' | 'date' | 'time' | 'datetime-local';
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  /** `auto` for what people write themselves; `ltr` for addresses and codes */
  dir?: 'auto' | 'ltr' | 'rtl';
  optional?: string | false;
  required?: boolean;
  readOnly?: boolean;
  autocomplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search';
  placeholder?: string;
  autoFocus?: boolean;
  multiline?: boolean;
  rows?: number;
  onBlur?: () => void;
}

/** Shows how much room is left when little is. */
function Room({ used, most }: { used: number; most: number | undefined }) {
  if (most === undefined || used < most * 0.8) return null;
  return (
    <span class="field-room" dir="ltr" aria-hidden="true">
      {used} / {most}
    </span>
  );
}

export function TextField({
  label,
  name,
  value,
  onInput,
  hint,
  error,
  type = 'text',
  dir = 'auto',
  optional,
  multiline = false,
  rows = 3,
  autoFocus = false,
  ...rest
}: TextFieldProps) {
  const id = useUid();
  const shared = {
    id,
    name,
    value,
    dir,
    ...rest,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': describedBy(id, hint, error),
    'data-focus': autoFocus ? '' : undefined,
  };
  useLayoutEffect(() => {
    const input = autoFocus ? document.getElementById(id) : null;
    // In a dialog, `holdFocus` does it, which first notes where the focus has to return to.
    if (input && !input.closest('[role="dialog"]')) input.focus();
  }, []);
  const take = (event: Event) => onInput((event.currentTarget as HTMLInputElement).value);
  return (
    <Frame
      id={id}
      label={label}
      hint={hint}
      error={error}
      optional={optional}
      end={<Room used={value.length} most={rest.maxLength} />}
    >
      {multiline ? (
        <textarea {...shared} class="input" rows={rows} onInput={take} />
      ) : (
        <input {...shared} class="input" type={type as 'text'} onInput={take} />
      )}
    </Frame>
  );
}

export interface Option<V extends string> {
  value: V;
  label: string;
}

export interface SelectFieldProps<V extends string> {
  label: string;
  name: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
  hint?: ComponentChildren;
  error?: string | null;
  disabled?: boolean;
}

export function SelectField<V extends string>({
  label,
  name,
  value,
  options,
  onChange,
  hint,
  error,
  disabled,
}: SelectFieldProps<V>) {
  const id = useUid();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <span class="select">
        <select
          id={id}
          name={name}
          class="input"
          value={value}
          disabled={disabled}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(id, hint, error)}
          onChange={(event) => onChange(event.currentTarget.value as V)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </Frame>
  );
}
