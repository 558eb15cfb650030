/**
 * Calls `wake` when the network returns, when the page is looked at again, and when it comes back out
 * of the browser's back/forward cache (whose sockets are dead).
 * @returns how to stop
 */
export function onPageWake(wake: () => void): () => void {
  const wakeWhenVisible = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wakeWhenVisible);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', wakeWhenVisible);
  };
}
