/** Fixed ids, so that a seed that is run again finds its own rows. Nothing here exists in a deployment. */
export const SEED_PASSWORD = 'password123';

const id = (group: number, n: number): string => `5eed000${group}-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const TENANTS = [
  {
    id: id(1, 1),
    slug: 'acme',
    name: 'Acme Corporation',
    type: 'enterprise',
    status: 'active',
    plan: 'enterprise',
    accent: '#b4235a',
  },
  {
    id: id(1, 2),
    slug: 'techstart',
    name: 'TechStart',
    type: 'standard',
    status: 'active',
    plan: 'standard',
    accent: '#0b6e99',
  },
  {
    id: id(1, 3),
    slug: 'beta-solutions',
    name: 'Beta Solutions',
    type: 'starter',
    status: 'active',
    plan: 'starter',
    accent: '#2f6f3e',
  },
  {
    id: id(1, 4),
    slug: 'demo-company',
    name: 'Demo Company',
    type: 'trial',
    status: 'pending',
    plan: 'free',
    accent: '#7a3cff',
  },
] as const;

const [acme, techstart, beta] = TENANTS;

export const USERS = [
  { id: id(2, 1), email: 'admin@acme.com', name: 'Anna Acme', type: 'tenant_admin' },
  { id: id(2, 2), email: 'manager@acme.com', name: 'Miguel Marín', type: 'regular' },
  { id: id(2, 3), email: 'operator@acme.com', name: 'Odile Okafor', type: 'regular' },
  { id: id(2, 4), email: 'viewer@acme.com', name: 'Viktor Vass', type: 'regular' },
  { id: id(2, 5), email: 'admin@techstart.com', name: 'Tessa Stark', type: 'tenant_admin' },
  { id: id(2, 6), email: 'admin@beta-solutions.com', name: 'Ben Beta', type: 'tenant_admin' },
  { id: id(2, 7), email: 'consultant@external.com', name: 'Chiara Conti', type: 'regular' },
  { id: id(2, 8), email: 'admin@system.local', name: 'System Administrator', type: 'system_admin' },
] as const;

export const MEMBERSHIPS = [
  { tenant: acme.id, user: id(2, 1), role: 'owner' },
  { tenant: acme.id, user: id(2, 2), role: 'admin' },
  { tenant: acme.id, user: id(2, 3), role: 'member' },
  { tenant: acme.id, user: id(2, 4), role: 'viewer' },
  { tenant: techstart.id, user: id(2, 5), role: 'owner' },
  { tenant: beta.id, user: id(2, 6), role: 'owner' },
  { tenant: acme.id, user: id(2, 7), role: 'member' },
  { tenant: techstart.id, user: id(2, 7), role: 'viewer' },
] as const;

export interface SeedEvent {
  id: string;
  tenant: string;
  slug: string;
  name: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  visibility: 'public' | 'pin';
  pin: string | null;
  uploads: 'open' | 'closed';
}

export const EVENTS: readonly SeedEvent[] = [
  {
    id: id(3, 1),
    tenant: acme.id,
    slug: 'launch-party',
    name: 'Launch Party',
    startsAt: '2026-06-20T16:00:00Z',
    endsAt: '2026-06-20T23:00:00Z',
    timeZone: 'Europe/Madrid',
    visibility: 'public',
    pin: null,
    uploads: 'open',
  },
  {
    id: id(3, 2),
    tenant: acme.id,
    slug: 'board-dinner',
    name: 'Board Dinner',
    startsAt: '2026-09-12T18:00:00Z',
    endsAt: '2026-09-12T22:00:00Z',
    timeZone: 'Europe/Madrid',
    visibility: 'pin',
    pin: '2468',
    uploads: 'open',
  },
  {
    id: id(3, 3),
    tenant: acme.id,
    slug: 'summer-2025',
    name: 'Summer 2025',
    startsAt: '2025-07-05T14:00:00Z',
    endsAt: '2025-07-05T22:00:00Z',
    timeZone: 'Europe/Madrid',
    visibility: 'public',
    pin: null,
    uploads: 'closed',
  },
  {
    id: id(3, 4),
    tenant: techstart.id,
    slug: 'demo-day',
    name: 'Demo Day',
    startsAt: '2026-10-01T09:00:00Z',
    endsAt: '2026-10-01T17:00:00Z',
    timeZone: 'Europe/Berlin',
    visibility: 'public',
    pin: null,
    uploads: 'open',
  },
];

/** Where the seeded photos go, who decides on them, and under which names they come. */
export const PHOTO_SEED = {
  tenant: 'acme',
  event: 'launch-party',
  moderator: 'admin@acme.com',
  guests: ['Ada', 'Jonas', 'Zoë', 'Nguyễn Thị Mai', 'Søren', 'さくら', 'Leïla', 'Marek & Olga'],
  approved: 27,
} as const;
