import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { useUid } from './uid.ts';

const SAID_MS = 2_000;

export interface CopyFieldProps {
  label: string;
  value: string;
  words: { copy: string; copied: string };
}

/** The clipboard's own way, else the old one: pages on plain http have only that. */
async function copy(input: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    input.select();
    return document.execCommand('copy');
  }
}

/** Something to take along: an address, a code. */
export function CopyField({ label, value, words }: CopyFieldProps) {
  const id = useUid();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const take = () => {
    if (input.current) void copy(input.current).then(setCopied);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="copy">
        <input
          ref={input}
          id={id}
          class="input"
          dir="ltr"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={take}>{isCopied ? words.copied : words.copy}</Button>
      </span>
      <span class="said" role="status">
        {isCopied ? words.copied : ''}
      </span>
    </div>
  );
}
