const TOAST_MS = 4_000;
export const UNDO_MS = 10_000;

export interface ToastAction {
  label: string;
  run: () => void;
}

export interface Toast {
  /** Other words in the same place, for as long as a toast stands; nothing where it is gone. */
  say: (text: string) => void;
  close: () => void;
  isOpen: () => boolean;
}

const NONE: Toast = { say() {}, close() {}, isOpen: () => false };

/**
 * A quiet word at the foot of the page, with a way back where there is one.
 * @param isSilent its words change, and screen readers are told elsewhere what came of it
 */
export function openToast(text: string, action?: ToastAction, isSilent = false): Toast {
  const host = document.getElementById('toasts');
  if (!host) return NONE;
  const toast = document.createElement('div');
  toast.className = 'toast';
  if (isSilent) toast.setAttribute('aria-live', 'off');
  const words = document.createElement('span');
  words.className = 'toast-text';
  words.textContent = text;
  toast.appendChild(words);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endsAt = 0;
  const close = () => {
    clearTimeout(timer);
    toast.remove();
  };
  const stayFor = (ms: number) => {
    endsAt = Math.max(endsAt, Date.now() + ms);
    clearTimeout(timer);
    timer = setTimeout(close, endsAt - Date.now());
  };
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small';
    button.textContent = action.label;
    button.addEventListener('click', () => {
      close();
      action.run();
    });
    toast.appendChild(button);
  }
  while (host.children.length > 1 && host.firstChild) host.removeChild(host.firstChild);
  host.appendChild(toast);
  stayFor(action ? UNDO_MS : TOAST_MS);
  return {
    say(next) {
      if (!toast.parentNode) return;
      words.textContent = next;
      stayFor(TOAST_MS);
    },
    close,
    isOpen: () => toast.parentNode !== null,
  };
}

/** A toast that is said once and does not change. @returns how to take it away */
export const showToast = (text: string, action?: ToastAction): (() => void) => openToast(text, action).close;
