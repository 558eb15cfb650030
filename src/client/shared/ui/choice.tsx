import type { ComponentChildren } from 'preact';
import { useUid } from './uid.ts';

export interface SwitchFieldProps {
  label: string;
  hint?: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
  name?: string;
  /** why it cannot be changed now; null: it can */
  disabledReason?: string | null;
}

/** Takes effect at once; what is sent with a form later is a checkbox to the reader, too. */
export function SwitchField({ label, hint, checked, onChange, name, disabledReason = null }: SwitchFieldProps) {
  const id = useUid();
  const text = disabledReason || hint;
  return (
    <div class={disabledReason ? 'switch switch-off' : 'switch'}>
      <label class="switch-words" for={id}>
        <span class="switch-label">{label}</span>
        {text && (
          <span class="field-hint" id={`${id}-hint`}>
            {text}
          </span>
        )}
      </label>
      <input
        id={id}
        class="switch-input"
        type="checkbox"
        role="switch"
        name={name}
        checked={checked}
        aria-label={label}
        aria-disabled={disabledReason ? 'true' : undefined}
        aria-describedby={text ? `${id}-hint` : undefined}
        onClick={(event) => disabledReason && event.preventDefault()}
        onChange={(event) => !disabledReason && onChange(event.currentTarget.checked)}
      />
    </div>
  );
}

export interface Card<V extends string> {
  value: V;
  label: string;
  hint?: ComponentChildren;
  icon?: ComponentChildren;
  disabledReason?: string | null;
}

export interface RadioCardsProps<V extends string> {
  legend: string;
  name: string;
  value: V | null;
  options: readonly Card<V>[];
  onChange: (value: V) => void;
  hint?: ComponentChildren;
  /** cards beside each other, where there is room; else below each other */
  columns?: boolean;
}

/** One of a few, each with a sentence about what it means. Arrow keys are the browser's own. */
export function RadioCards<V extends string>({
  legend,
  name,
  value,
  options,
  onChange,
  hint,
  columns = false,
}: RadioCardsProps<V>) {
  const id = useUid();
  return (
    <fieldset class="radios" aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class={columns ? 'radio-cards radio-columns' : 'radio-cards'}>
        {options.map((option) => (
          <label class="radio-card" key={option.value}>
            <input
              type="radio"
              name={`${name}-${id}`}
              value={option.value}
              checked={option.value === value}
              disabled={Boolean(option.disabledReason)}
              onChange={() => onChange(option.value)}
            />
            <span class="radio-frame" />
            {option.icon && (
              <span class="radio-icon" aria-hidden="true">
                {option.icon}
              </span>
            )}
            <span class="radio-words">
              <span class="radio-label">{option.label}</span>
              {(option.disabledReason || option.hint) && (
                <span class="field-hint">{option.disabledReason || option.hint}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
