import type { Theme } from '../../../contract/tenants.ts';
import type { Answer } from '../../shared/api.ts';
import type { Session } from '../shell/session.ts';
import { patchOf, toDraft, type Draft } from './look-rules.ts';

type Saved = Answer<{ theme: Theme }>;

/** `from` as something that can be gone back to after `to` has taken its place: with the bytes of a logo that goes. */
export async function keepLogo(from: Theme, to: Draft): Promise<Draft> {
  const before = toDraft(from);
  if (before.logo.kind !== 'kept' || to.logo.kind === 'kept') return before;
  try {
    const bytes = await (await fetch(before.logo.url)).blob();
    return { ...before, logo: { kind: 'new', url: before.logo.url, bytes } };
  } catch {
    return before;
  }
}

/** Makes `from` what the draft says, in as few steps as it takes. @returns the look as it is then */
export async function saveLook(session: Session, from: Theme, draft: Draft): Promise<Saved> {
  let answer: Saved = { ok: true, status: 200, data: { theme: from } };
  // The logo first: it is what may be refused.
  if (draft.logo.kind === 'new') {
    answer = await session.authed('/api/v1/tenant/logo', { method: 'POST', body: draft.logo.bytes });
    if (!answer.ok) return answer;
  }
  const patch = patchOf(answer.data.theme, draft);
  return patch ? session.authed('/api/v1/tenant/theme', { method: 'PATCH', body: patch }) : answer;
}
