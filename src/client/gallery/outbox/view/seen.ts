const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

/** Runs once when the element comes into view. @returns how to stop waiting */
export function onSeen(element: Element, run: () => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const seen = waiting.get(target);
      if (!isIntersecting || !seen) continue;
      if (observer) observer.unobserve(target);
      waiting.delete(target);
      seen();
    }
  });
  const watching = observer;
  waiting.set(element, run);
  watching.observe(element);
  return () => watching.unobserve(element);
}
