const STORED = 'momentique-letter-keys';

/** Whether keys that write a sign do anything by themselves on this device (WCAG 2.1.4: there must be a way to stop them). */
export function letterKeysAreOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export function setLetterKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
  } catch {
    // Without storage it cannot be kept, and the keys stay as they are.
  }
}

/** `a`, `Shift+a`, `?`: what a voice or a slipping hand may press; not `mod+k`, `Space` or an arrow. */
export const isLetterKey = (name: string): boolean => Array.from(name.replace(/^(Shift|Alt)\+/, '')).length === 1;
