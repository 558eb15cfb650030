import { useEffect, useState } from 'preact/hooks';
import { useConsole } from './console.tsx';
import { PATIENCE_MS } from './router.ts';

/** True from the time on at which waiting is noticed: nothing flashes that is there at once. */
function useLate(): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLate;
}

/** Room for a page that is on its way: after a moment it takes on the shape of one. */
export function PageSkeleton() {
  const { t } = useConsole();
  const isLate = useLate();
  return (
    <main class="page" id="main" tabIndex={-1} aria-busy="true" aria-label={t('loading')}>
      {isLate && (
        <div class="page-skeleton">
          <div class="skeleton page-skeleton-title" />
          <div class="skeleton page-skeleton-body" />
          <div class="skeleton page-skeleton-body" />
        </div>
      )}
    </main>
  );
}
