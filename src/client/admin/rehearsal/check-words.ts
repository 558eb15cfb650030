import type { RehearsalCheck } from '../../../contract/rehearsals.ts';
import type { Say } from '../shell/words.ts';

/** Seconds with one decimal while they are few: `1.4`, `12`. */
export function secondsOf(locale: string, ms: number): string {
  const seconds = Math.max(0.1, ms / 1000);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: seconds < 10 ? 1 : 0 }).format(seconds);
}

const PREFLIGHT_WORDS = {
  overscan: 'preflightPicture',
  browser: 'preflightBrowser',
  storage: 'preflightStorage',
  socket: 'preflightSocket',
  clock: 'preflightClock',
} as const;

/** One line of the checklist as a sentence: what was found, and where it is not green, what to do. */
export function sentenceOf(say: Say['rehearsal'], locale: string, { check, tone, numbers, failed }: RehearsalCheck) {
  const { ms = 0, p50 = 0, p95 = 0, done = 0, total = 0, count = 0 } = numbers;
  const seconds = secondsOf(locale, Math.abs(ms));
  if (tone === 'open') return say(check === 'reached' ? 'reachedOpen' : 'notYet');
  switch (check) {
    case 'reached':
      return say(tone === 'good' ? 'reachedGood' : 'reachedBad');
    case 'first':
      if (numbers['ms'] === undefined) return say('firstNone');
      return say(tone === 'good' ? 'firstGood' : 'firstLate', { seconds });
    case 'pace': {
      if (numbers['p50'] === undefined) return say('paceNone');
      const params = { half: secondsOf(locale, p50), most: secondsOf(locale, p95) };
      return say(tone === 'good' ? 'paceGood' : 'paceLate', params);
    }
    case 'clock':
      if (numbers['ms'] === undefined) return say('clockNone');
      return say(tone === 'good' ? 'clockGood' : 'clockOff', { seconds });
    case 'line':
      return say(tone === 'good' ? 'lineGood' : 'linePolls');
    case 'preflight': {
      if (tone === 'good') return say('preflightGood');
      const names = (failed || []).map((one) => say(PREFLIGHT_WORDS[one as keyof typeof PREFLIGHT_WORDS]));
      return say('preflightFailed', { names: names.join(', ') });
    }
    case 'back':
      return say(tone === 'good' ? 'backGood' : 'backNot');
    case 'processed':
      if (tone === 'bad') return say('processedSome', { done, total });
      return say(tone === 'good' ? 'processedGood' : 'processedLate', { total, seconds });
    case 'recall':
      if (tone === 'bad' || (total > 0 && done < total)) return say('recallSome', { done, total });
      return total > 0
        ? say(tone === 'good' ? 'recallGood' : 'recallLate', { done, total, seconds })
        : say('recallNone');
    case 'vanished':
      return tone === 'good' ? say('vanishedGood') : say('vanishedSome', { count });
  }
}
