/** Televisions and laptops dim what nobody touches; the lock is lost whenever the page is out of sight. */
export function keepAwake(): void {
  const { wakeLock } = navigator as { wakeLock?: { request(type: 'screen'): Promise<unknown> } };
  const ask = () => {
    if (wakeLock && document.visibilityState === 'visible') wakeLock.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}
