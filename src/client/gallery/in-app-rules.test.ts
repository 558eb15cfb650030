import { describe, expect, it } from 'vitest';
import { inAppSystem, intentAddress } from './in-app-rules.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const PIXEL = 'Mozilla/5.0 (Linux; Android 14; Pixel 8';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36';

describe('a browser inside another app', () => {
  it.each([
    ['Instagram on iOS', `${IPHONE} Mobile/15E148 Instagram 330.0.3 (iPhone14,5; iOS 17_5)`, 'ios'],
    ['Facebook on iOS', `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0]`, 'ios'],
    ['some other app on iOS', `${IPHONE} Mobile/15E148`, 'ios'],
    ['WhatsApp on Android', `${PIXEL}; wv) ${CHROME} WhatsApp/2.24`, 'android'],
    ['some other app on Android', `${PIXEL} Build/AP1A; wv) ${CHROME}`, 'android'],
    ['Safari', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, null],
    ['Chrome on iOS', `${IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1`, null],
    ['Chrome on Android', `${PIXEL}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36`, null],
    ['a desk', 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', null],
  ])('%s', (_, userAgent, system) => {
    expect(inAppSystem(userAgent, false)).toBe(system);
  });

  it('is not the home screen, where Safari keeps quiet about itself', () => {
    expect(inAppSystem(`${IPHONE} Mobile/15E148`, true)).toBeNull();
  });

  it('is left through an address that Android hands to the browser', () => {
    expect(intentAddress('https://a.example/e/x?t=1#add')).toBe(
      'intent://a.example/e/x?t=1#Intent;scheme=https;action=android.intent.action.VIEW;end',
    );
  });
});
