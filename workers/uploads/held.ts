export type Held = ReturnType<typeof openHeld>;

/**
 * Books what an upload holds in memory. The runtime tells nobody how much is in use, so whoever makes a buffer that grows
 * with the upload says so itself.
 */
export function openHeld() {
  const alive = new Map<string, number>();
  let bytes = 0;
  let parts: Record<string, number> = {};
  return {
    /** @param size alive under `name` from now on, instead of what was said of it before; 0 when it is gone */
    hold(name: string, size: number): void {
      if (size === 0) alive.delete(name);
      else alive.set(name, size);
      const sum = [...alive.values()].reduce((total, one) => total + one, 0);
      if (sum <= bytes) return;
      bytes = sum;
      parts = Object.fromEntries(alive);
    },
    /** The most that was alive at one moment, and what it was. */
    report: () => ({ bytes, parts: { ...parts } }),
  };
}
