/**
 * Calls `wake` when the network returns, when the page is looked at again, and when it comes back out
 * of the browser's back/forward cache (whose sockets are dead).
 * `isNetwork`: it was the network, which returns to everybody at a venue at once; a page is looked at by one.
 * @returns how to stop
 */
export function onPageWake(wake: (isNetwork: boolean) => void): () => void {
  const wakeForNetwork = (): void => wake(true);
  const wakeForPerson = (): void => wake(false);
  const wakeWhenVisible = (): void => {
    if (document.visibilityState === 'visible') wakeForPerson();
  };
  window.addEventListener('online', wakeForNetwork);
  window.addEventListener('pageshow', wakeForPerson);
  document.addEventListener('visibilitychange', wakeWhenVisible);
  return () => {
    window.removeEventListener('online', wakeForNetwork);
    window.removeEventListener('pageshow', wakeForPerson);
    document.removeEventListener('visibilitychange', wakeWhenVisible);
  };
}
