import { useEffect, useRef, useState } from 'preact/hooks';
import type { TableList } from '../../../contract/tables.ts';
import { eventPath, type Answer, type Refusal } from '../../shared/api.ts';
import type { Session } from '../shell/session.ts';

/** A table as the page holds it: one that is new has no code until the server has given it one. */
export interface TableRow {
  label: string;
  code?: string;
  guests: number;
  photos: number;
}

export interface Tables {
  answer: Answer<TableList> | null;
  rows: TableRow[];
  isSaving: boolean;
  /** why the last change was not kept */
  refusal: Refusal | null;
  load: () => void;
  /** shows the rows at once and sends them; what is changed meanwhile is sent after that */
  save: (rows: TableRow[]) => void;
}

/**
 * The tables of an event. They are sent as a whole, one list after another: an answer that is older than
 * what stands on the page is not shown.
 */
export function useTables(session: Session, event: string): Tables {
  const [answer, setAnswer] = useState<Answer<TableList> | null>(null);
  const [rows, setRows] = useState<TableRow[]>([]);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSaving, setSaving] = useState(false);
  const next = useRef<TableRow[] | null>(null);
  const path = eventPath(event, '/tables');

  const load = () =>
    void session.authed<TableList>(path).then((got) => {
      setAnswer(got);
      if (got.ok) setRows(got.data.items);
    });
  useEffect(load, [path]);

  async function send(): Promise<void> {
    setSaving(true);
    let kept: Answer<TableList> | null = null;
    while (next.current) {
      const tables = next.current.map(({ label, code }) => (code ? { label, code } : { label }));
      next.current = null;
      kept = await session.authed<TableList>(path, { method: 'POST', body: { tables } });
    }
    setSaving(false);
    if (!kept) return;
    setRefusal(kept.ok ? null : kept);
    if (kept.ok) setRows(kept.data.items);
    else load();
  }

  const save = (changed: TableRow[]) => {
    const isRunning = next.current !== null || isSaving;
    next.current = changed;
    setRows(changed);
    if (!isRunning) void send();
  };
  return { answer, rows, isSaving, refusal, load, save };
}
