import { describe, expect, it } from 'vitest';
import { deviceLabel, toDeviceName } from './device-name-rules.ts';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0';

describe('a device', () => {
  it.each([
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1`,
      'Safari on iPhone',
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${WEBKIT} CriOS/131.0 Mobile/15E148 Safari/604.1`,
      'Chrome on iPhone',
    ],
    [
      `Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${WEBKIT} FxiOS/125.0 Mobile/15E148 Safari/605.1.15`,
      'Firefox on iPad',
    ],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.1 Safari/605.1.15`, 'Safari on Mac'],
    [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${CHROME} Mobile Safari/537.36`, 'Chrome on Android'],
    [
      `Mozilla/5.0 (Linux; Android 13; SM-S911B) ${CHROME} SamsungBrowser/23.0 Mobile Safari/537.36`,
      'Samsung Internet on Android',
    ],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/131.0.0.0`, 'Edge on Windows'],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`, 'Chrome on ChromeOS'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36 OPR/116.0.0.0`, 'Opera on Linux'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0)', 'on Windows'],
    ['Firefox/1', 'Firefox'],
    ['curl/8.5.0', null],
    ['', null],
    [null, null],
    [`<script>alert(1)</script>${'x'.repeat(100_000)} Safari on iPhone`, null],
  ])('%s is called %s', (agent, name) => expect(deviceLabel(agent)).toBe(name));

  it('can be named in any language', () => {
    expect(toDeviceName('Safari on iPhone')).toEqual({ browser: 'Safari', system: 'iPhone' });
    expect(toDeviceName('on Windows')).toEqual({ browser: null, system: 'Windows' });
    expect(toDeviceName('Firefox')).toEqual({ browser: 'Firefox', system: null });
    expect(toDeviceName(null)).toBeNull();
  });
});
