import type { ReportReason } from '../../contract/reports.ts';
import { call, eventPath, type Refusal } from '../shared/api.ts';

export interface Session {
  join(name: string, pin: string): Promise<Refusal | null>;
  /** A report needs somebody to come from: who has not joined does so on the way, without being asked for a name. */
  report(id: string, reason: ReportReason, note: string): Promise<Refusal | null>;
  /** Tells the server which card somebody has scanned who had joined before. */
  takeSeat(): void;
}

/** @param tableCode of the card that was scanned. The page is the same for everybody: it stands in the address only. */
export function openSession(event: string, tableCode: string | undefined, onJoined: () => void): Session {
  const path = eventPath(event, '/session');
  let isSeated = tableCode === undefined;

  async function join(name: string, pin: string): Promise<Refusal | null> {
    const body: Record<string, string> = {};
    if (name.trim()) body['name'] = name.trim();
    if (pin.trim()) body['pin'] = pin.trim();
    if (tableCode) body['tableCode'] = tableCode;
    const answer = await call(path, { method: 'POST', body });
    if (!answer.ok) return answer;
    isSeated = true;
    onJoined();
    return null;
  }

  async function report(id: string, reason: ReportReason, note: string): Promise<Refusal | null> {
    const to = eventPath(event, `/photos/${id}/reports`);
    const body = note ? { reason, note } : { reason };
    let answer = await call(to, { method: 'POST', body });
    // Not joined at all, or another event of this host only.
    if (!answer.ok && (answer.status === 401 || answer.code === 'access.denied')) {
      const refusal = await join('', '');
      if (refusal) return refusal;
      answer = await call(to, { method: 'POST', body });
    }
    return answer.ok ? null : answer;
  }

  function takeSeat(): void {
    if (isSeated) return;
    isSeated = true;
    void call(path, { method: 'POST', body: { tableCode } }).then((answer) => {
      isSeated = answer.ok;
    });
  }

  return { join, report, takeSeat };
}
