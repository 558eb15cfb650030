import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';

export interface EmptyProps {
  title: string;
  text?: ComponentChildren;
  /** the one thing to do next */
  action?: ComponentChildren;
}

export function Empty({ title, text, action }: EmptyProps) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {text && <p class="quiet">{text}</p>}
      {action}
    </div>
  );
}

export interface ErrorStateProps {
  /** what happened */
  title: string;
  /** what is safe, and what to do */
  text: ComponentChildren;
  again?: { label: string; run: () => void };
}

export function ErrorState({ title, text, again }: ErrorStateProps) {
  return (
    <div class="empty" role="alert">
      <h2>{title}</h2>
      <p class="quiet">{text}</p>
      {again && (
        <Button kind="main" onClick={again.run}>
          {again.label}
        </Button>
      )}
    </div>
  );
}

export interface SkeletonProps {
  /** lines of text to come */
  lines?: number;
  /** or the height of what comes, such as `124px` */
  height?: string;
}

/** Where something will stand, in its final size. It begins to move after 300 ms. */
export function Skeleton({ lines = 1, height }: SkeletonProps) {
  if (height) return <div class="skeleton skeleton-block" style={{ height }} aria-hidden="true" />;
  return (
    <div class="skeleton-lines" aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} class="skeleton skeleton-line" />
      ))}
    </div>
  );
}

export interface NoticeProps {
  tone?: 'plain' | 'good' | 'wait' | 'bad';
  /** `alert` where it appears because something went wrong just now */
  role?: 'alert' | 'status';
  id?: string;
  children: ComponentChildren;
}

export function Notice({ tone = 'plain', children, ...rest }: NoticeProps) {
  return (
    <div {...rest} class={tone === 'plain' ? 'notice' : `notice notice-${tone}`}>
      {children}
    </div>
  );
}
