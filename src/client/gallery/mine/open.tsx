import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '../../../contract/messages/shape.ts';
import { ErrorState, Skeleton } from '../../shared/ui/states.tsx';
import { Sheet } from '../sheets.tsx';
import { t } from '../words.ts';
import type { MineWords } from './mine-words.ts';

type Parts = typeof import('./parts.ts');

/** Few look at what they have sent while everybody looks at photos: this comes when it is asked for. */
const WORDS: Record<Locale, () => Promise<{ mine: MineWords }>> = {
  en: () => import('../../../contract/messages/en/mine.ts'),
  de: () => import('../../../contract/messages/de/mine.ts'),
  fr: () => import('../../../contract/messages/fr/mine.ts'),
  es: () => import('../../../contract/messages/es/mine.ts'),
  ar: () => import('../../../contract/messages/ar/mine.ts'),
};

let here: Parts | null = null;
let coming: Promise<Parts> | null = null;

/** Asks for it once, and again where that has failed. */
export function loadMine(locale: Locale): Promise<Parts> {
  if (!coming) {
    coming = Promise.all([import('./parts.ts'), WORDS[locale]()]).then(([parts, { mine }]) => {
      parts.setWords(locale, mine);
      here = parts;
      return parts;
    });
    coming.catch(() => (coming = null));
  }
  return coming;
}

export interface MineProps {
  locale: Locale;
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: (parts: Parts) => ComponentChildren;
}

/** The sheet stands at once; what is in it comes when it is there. */
export function Mine({ locale, title, wide = false, onClose, children }: MineProps) {
  const [parts, setParts] = useState(here);
  const [round, setRound] = useState(0);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    loadMine(locale).then(setParts, () => setFailed(true));
  }, [round]);
  return (
    <Sheet title={title} wide={wide} onClose={onClose}>
      {parts ? (
        children(parts)
      ) : isFailed ? (
        <ErrorState
          title={t('loadFailed')}
          text={t('cannotLoad')}
          again={{ label: t('retry'), run: () => setRound(round + 1) }}
        />
      ) : (
        <Skeleton height="280px" />
      )}
    </Sheet>
  );
}
