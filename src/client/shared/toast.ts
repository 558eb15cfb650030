const TOAST_MS = 4_000;
export const UNDO_MS = 10_000;

export interface ToastAction {
  label: string;
  run: () => void;
}

/** A quiet word at the foot of the page, with a way back where there is one. @returns how to take it away */
export function showToast(text: string, action?: ToastAction): () => void {
  const host = document.getElementById('toasts');
  if (!host) return () => {};
  const toast = document.createElement('div');
  toast.className = 'toast';
  const words = document.createElement('span');
  words.className = 'toast-text';
  words.textContent = text;
  toast.appendChild(words);
  const remove = () => {
    clearTimeout(timer);
    toast.remove();
  };
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small';
    button.textContent = action.label;
    button.addEventListener('click', () => {
      remove();
      action.run();
    });
    toast.appendChild(button);
  }
  while (host.children.length > 1 && host.firstChild) host.removeChild(host.firstChild);
  host.appendChild(toast);
  const timer = setTimeout(remove, action ? UNDO_MS : TOAST_MS);
  return remove;
}
