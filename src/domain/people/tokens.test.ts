import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  signDownloadTicket,
  signGuestToken,
  signHelperToken,
  signLiveTicket,
  signStaffToken,
  verifyDownloadTicket,
  verifyGuestToken,
  verifyHelperToken,
  verifyLiveTicket,
  verifyStaffToken,
} from './tokens.ts';

const SECRET = 'a secret of more than thirty-two characters';
const NOW = new Date('2026-06-20T18:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const [TENANT, OTHER, USER, SESSION, EVENT] = [id(1), id(2), id(3), id(4), id(5)];

describe('tokens', () => {
  it('hold for their time at their tenant and nowhere else', async () => {
    const token = await signStaffToken(
      SECRET,
      { tenantId: TENANT, userId: USER, role: 'member', sessionId: SESSION },
      900,
      NOW,
    );
    expect(await verifyStaffToken(SECRET, TENANT, token, later(899))).toEqual({
      kind: 'staff',
      userId: USER,
      role: 'member',
      sessionId: SESSION,
    });
    expect(await verifyStaffToken(SECRET, TENANT, token, later(901))).toBeNull();
    expect(await verifyStaffToken(SECRET, OTHER, token, NOW)).toBeNull();
    expect(await verifyStaffToken(`${SECRET}!`, TENANT, token, NOW)).toBeNull();
  });
  it('of one kind are nothing at another door, even under one secret', async () => {
    const guest = await signGuestToken(
      SECRET,
      { tenantId: TENANT, eventId: EVENT, guestId: USER, pinVersion: 1 },
      900,
      NOW,
    );
    expect(await verifyGuestToken(SECRET, TENANT, guest, NOW)).toMatchObject({ guestId: USER, eventId: EVENT });
    expect(await verifyStaffToken(SECRET, TENANT, guest, NOW)).toBeNull();
    expect(await verifyLiveTicket(SECRET, TENANT, guest, NOW)).toBeNull();
    expect(await verifyHelperToken(SECRET, TENANT, guest, NOW)).toBeNull();
  });
  it('of a helper name one grant of one event, and are never those of staff', async () => {
    const claims = { tenantId: TENANT, grantId: USER, eventId: EVENT, label: 'Ada at the bar' };
    const helper = await signHelperToken(SECRET, claims, 900, NOW);
    expect(await verifyHelperToken(SECRET, TENANT, helper, later(899))).toEqual({
      kind: 'helper',
      grantId: USER,
      eventId: EVENT,
      label: 'Ada at the bar',
    });
    expect(await verifyHelperToken(SECRET, TENANT, helper, later(901))).toBeNull();
    expect(await verifyHelperToken(SECRET, OTHER, helper, NOW)).toBeNull();
    expect(await verifyStaffToken(SECRET, TENANT, helper, NOW)).toBeNull();
    expect(await verifyGuestToken(SECRET, TENANT, helper, NOW)).toBeNull();
    const staff = await signStaffToken(
      SECRET,
      { tenantId: TENANT, userId: USER, role: 'owner', sessionId: SESSION },
      900,
      NOW,
    );
    expect(await verifyHelperToken(SECRET, TENANT, staff, NOW)).toBeNull();
  });
  it('without a signature, or of another algorithm, are refused', async () => {
    const claims = { tid: TENANT, role: 'owner', sid: SESSION };
    const unsigned = new UnsecuredJWT(claims)
      .setSubject(USER)
      .setAudience('staff')
      .setIssuer('momentique')
      .setExpirationTime('1h')
      .encode();
    expect(await verifyStaffToken(SECRET, TENANT, unsigned, NOW)).toBeNull();
    const key = new TextEncoder().encode(SECRET.repeat(2));
    const other = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS512' })
      .setSubject(USER)
      .setAudience('staff')
      .setIssuer('momentique')
      .setExpirationTime('1h')
      .sign(key);
    expect(await verifyStaffToken(SECRET.repeat(2), TENANT, other, NOW)).toBeNull();
  });
  it('for a socket last a minute and say who may sit where', async () => {
    const ticket = await signLiveTicket(
      SECRET,
      {
        tenantId: TENANT,
        eventId: EVENT,
        eventVersion: 7,
        role: 'guest',
        guestId: USER,
        moderator: null,
        screen: null,
        expiresAt: later(3600),
      },
      NOW,
    );
    expect(await verifyLiveTicket(SECRET, TENANT, ticket, later(59))).toMatchObject({
      eventId: EVENT,
      eventVersion: 7,
      role: 'guest',
      guestId: USER,
    });
    expect(await verifyLiveTicket(SECRET, TENANT, ticket, later(61))).toBeNull();
  });
  it('for a moderator’s socket carry the name that others see', async () => {
    const moderator = { kind: 'helper', id: USER, name: 'Jürgen 🎉' } as const;
    const ticket = await signLiveTicket(
      SECRET,
      {
        tenantId: TENANT,
        eventId: EVENT,
        eventVersion: 7,
        role: 'staff',
        guestId: null,
        moderator,
        screen: null,
        expiresAt: later(900),
      },
      NOW,
    );
    expect(await verifyLiveTicket(SECRET, TENANT, ticket, NOW)).toMatchObject({ role: 'staff', moderator });
  });
  it('for a screen’s socket say which screen, and of which installation', async () => {
    const screen = { id: USER, installation: 'a-television-1' };
    const ticket = await signLiveTicket(
      SECRET,
      {
        tenantId: TENANT,
        eventId: EVENT,
        eventVersion: 7,
        role: 'screen',
        guestId: null,
        moderator: null,
        screen,
        expiresAt: later(900),
      },
      NOW,
    );
    expect(await verifyLiveTicket(SECRET, TENANT, ticket, NOW)).toMatchObject({ role: 'screen', screen });
  });
  it('for a file last as long as they say, for one photo and one moderator', async () => {
    const staff = { kind: 'staff', userId: USER, role: 'member', sessionId: EVENT } as const;
    const helper = { kind: 'helper', grantId: USER, eventId: EVENT, label: 'Jürgen 🎉' } as const;
    for (const moderator of [staff, helper]) {
      const wish = { photoId: EVENT, as: 'received', moderator } as const;
      const ticket = await signDownloadTicket(SECRET, { ...wish, tenantId: TENANT }, 900, NOW);
      expect(await verifyDownloadTicket(SECRET, TENANT, ticket, later(899))).toEqual(wish);
      expect(await verifyDownloadTicket(SECRET, TENANT, ticket, later(901))).toBeNull();
      expect(await verifyDownloadTicket(SECRET, EVENT, ticket, NOW)).toBeNull();
      expect(await verifyStaffToken(SECRET, TENANT, ticket, NOW)).toBeNull();
      expect(await verifyHelperToken(SECRET, TENANT, ticket, NOW)).toBeNull();
      expect(await verifyLiveTicket(SECRET, TENANT, ticket, NOW)).toBeNull();
    }
  });
  it.each(['', 'a.b.c', 'x'.repeat(5000)])('of garbage are refused', async (token) => {
    expect(await verifyStaffToken(SECRET, TENANT, token, NOW)).toBeNull();
  });
});
