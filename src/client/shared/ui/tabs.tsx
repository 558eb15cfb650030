import { useLayoutEffect, useRef } from 'preact/hooks';

export interface Tab<V extends string> {
  id: V;
  label: string;
  count?: number | null;
}

export interface TabsProps<V extends string> {
  label: string;
  items: readonly Tab<V>[];
  value: V;
  onChange: (id: V) => void;
  /** id of the element that shows what the chosen tab stands for */
  controls?: string;
}

/** One stop for the Tab key; arrows choose, in reading direction. The caller shows the panel. */
export function Tabs<V extends string>({ label, items, value, onChange, controls }: TabsProps<V>) {
  const list = useRef<HTMLDivElement>(null);
  // Of many tabs on a phone the chosen one may lie beyond the edge.
  useLayoutEffect(() => {
    const tab = list.current && list.current.querySelector(`[data-tab="${value}"]`);
    if (!list.current || !tab) return;
    const [edge, own] = [list.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (own.right > edge.right) list.current.scrollLeft += own.right - edge.right;
    else if (own.left < edge.left) list.current.scrollLeft += own.left - edge.left;
  }, [value]);
  const onKey = (event: KeyboardEvent) => {
    if (!list.current) return;
    const isRtl = getComputedStyle(list.current).direction === 'rtl';
    const at = items.findIndex((item) => item.id === value);
    const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : step === undefined ? null : at + step;
    if (to === null) return;
    event.preventDefault();
    const item = items[(to + items.length) % items.length];
    if (!item) return;
    onChange(item.id);
    const tab = list.current.querySelector<HTMLElement>(`[data-tab="${item.id}"]`);
    if (tab) tab.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKey}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          class="tab"
          aria-selected={item.id === value}
          aria-controls={controls}
          tabIndex={item.id === value ? 0 : -1}
          data-tab={item.id}
          onClick={() => onChange(item.id)}
        >
          {item.label}
          {item.count !== undefined && item.count !== null && <span class="tab-count"> {item.count}</span>}
        </button>
      ))}
    </div>
  );
}
