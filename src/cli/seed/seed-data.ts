import type { ScreenLayout } from '../../contract/screens.ts';
import type { DeviceKind, DeviceStatus } from '../../contract/sites.ts';

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

export const SITES = [
  {
    id: id(4, 1),
    tenant: acme.id,
    name: 'Headquarters',
    address: 'Gran Vía 28, 28013 Madrid, Spain',
    latitude: 40.4201,
    longitude: -3.7019,
    timeZone: 'Europe/Madrid',
  },
  {
    id: id(4, 2),
    tenant: acme.id,
    name: 'Warehouse',
    address: 'Calle de la Industria 4, 28906 Getafe, Spain',
    latitude: 40.3057,
    longitude: -3.7327,
    timeZone: 'Europe/Madrid',
  },
  {
    id: id(4, 3),
    tenant: techstart.id,
    name: 'Office',
    address: 'Torstraße 140, 10119 Berlin, Germany',
    latitude: 52.5297,
    longitude: 13.3964,
    timeZone: 'Europe/Berlin',
  },
  {
    id: id(4, 4),
    tenant: beta.id,
    name: 'Lab',
    address: '21 Station Road, Cambridge CB1 2JH, United Kingdom',
    latitude: 52.1943,
    longitude: 0.1373,
    timeZone: 'Europe/London',
  },
] as const;

/** Who looks after a site, and who said so. */
export const SITE_ASSIGNMENTS = [
  { tenant: acme.id, site: id(4, 1), user: id(2, 2), by: id(2, 1) },
  { tenant: acme.id, site: id(4, 1), user: id(2, 3), by: id(2, 1) },
  { tenant: acme.id, site: id(4, 2), user: id(2, 3), by: id(2, 2) },
  { tenant: techstart.id, site: id(4, 3), user: id(2, 5), by: id(2, 5) },
  { tenant: beta.id, site: id(4, 4), user: id(2, 6), by: id(2, 6) },
] as const;

export interface SeedDevice {
  id: string;
  tenant: string;
  site: string;
  kind: DeviceKind;
  name: string;
  serialNumber: string;
  status: DeviceStatus;
  /** of a screen: the event it shows, how, and when it was last there */
  event?: string;
  layout?: Partial<ScreenLayout>;
  paused?: boolean;
  lastSeenMinutesAgo?: number;
  /** its credential came from somewhere else then */
  copiedMinutesAgo?: number;
}

const launchParty = id(3, 1);
/** Screens in several states; none is online, for behind none of them is a television. */
export const DEVICES: readonly SeedDevice[] = [
  {
    id: id(5, 1),
    tenant: acme.id,
    site: id(4, 1),
    kind: 'screen',
    name: 'Foyer, left of the stage',
    serialNumber: 'ACME-TV-001',
    status: 'offline',
    event: launchParty,
    layout: { layout: 'rotate', rotation: ['full', 'mosaic', 'split'], rotateMinutes: 5 },
    lastSeenMinutesAgo: 12,
  },
  {
    id: id(5, 2),
    tenant: acme.id,
    site: id(4, 1),
    kind: 'screen',
    name: 'Bar',
    serialNumber: 'ACME-TV-002',
    status: 'offline',
    event: launchParty,
    layout: { layout: 'polaroid', overscan: 2.5 },
    paused: true,
    lastSeenMinutesAgo: 3 * 24 * 60,
  },
  {
    id: id(5, 3),
    tenant: acme.id,
    site: id(4, 1),
    kind: 'kiosk',
    name: 'Entrance',
    serialNumber: 'ACME-KIOSK-001',
    status: 'offline',
    event: launchParty,
    layout: { layout: 'split' },
    lastSeenMinutesAgo: 45,
    copiedMinutesAgo: 40,
  },
  {
    id: id(5, 4),
    tenant: acme.id,
    site: id(4, 2),
    kind: 'screen',
    name: 'Canteen projector',
    serialNumber: 'ACME-PRJ-001',
    status: 'maintenance',
    event: id(3, 3),
    layout: { layout: 'mosaic' },
    lastSeenMinutesAgo: 9 * 24 * 60,
  },
  {
    id: id(5, 5),
    tenant: acme.id,
    site: id(4, 2),
    kind: 'screen',
    name: 'Loading bay',
    serialNumber: 'ACME-TV-003',
    status: 'decommissioned',
    lastSeenMinutesAgo: 120 * 24 * 60,
  },
  {
    id: id(5, 6),
    tenant: acme.id,
    site: id(4, 1),
    kind: 'printer',
    name: 'Photo printer at the cloakroom',
    serialNumber: 'ACME-PRN-001',
    status: 'online',
  },
  {
    id: id(5, 7),
    tenant: acme.id,
    site: id(4, 2),
    kind: 'router',
    name: 'Warehouse router',
    serialNumber: 'ACME-RTR-001',
    status: 'error',
  },
  {
    id: id(5, 8),
    tenant: techstart.id,
    site: id(4, 3),
    kind: 'screen',
    name: 'Reception',
    serialNumber: 'TS-TV-001',
    status: 'offline',
    event: id(3, 4),
    layout: { layout: 'full', seconds: 12 },
    lastSeenMinutesAgo: 30,
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
