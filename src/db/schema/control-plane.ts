import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../contract/auth.ts';
import type { TenantStatus, Residency } from '../../contract/tenants.ts';
import { moment, stamps } from './columns.ts';

/**
 * Tables of the control plane as the app role may see them. Policies, checks and grants are written
 * by hand in `migrations/0001_control_plane.sql`.
 */
export const tenants = pgTable('tenants', {
  id: uuid('id').primaryKey().defaultRandom(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  type: text('type').notNull().default('trial'),
  kind: text('kind').notNull().default('organisation'),
  status: text('status').$type<TenantStatus>().notNull().default('pending'),
  plan: text('plan').notNull().default('free'),
  residency: text('residency').$type<Residency>(),
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
  ...stamps,
});

export const tenantDomains = pgTable(
  'tenant_domains',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    host: text('host').notNull().unique(),
    verifiedAt: moment('verified_at'),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  email: text('email').notNull().unique(),
  name: text('name').notNull().default(''),
  type: text('type').notNull().default('regular'),
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
  ...stamps,
});

export const memberships = pgTable(
  'memberships',
  {
    tenantId: uuid('tenant_id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role').$type<Role>().notNull(),
    status: text('status').$type<'active' | 'invited' | 'suspended'>().notNull().default('active'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] })],
);

export const refreshSessions = pgTable(
  'refresh_sessions',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    familyId: uuid('family_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    clientHash: text('client_hash').notNull(),
    expiresAt: moment('expires_at').notNull(),
    rotatedAt: moment('rotated_at'),
    revokedAt: moment('revoked_at'),
    device: text('device'),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const loginAttempts = pgTable(
  'login_attempts',
  {
    tenantId: uuid('tenant_id').notNull(),
    subject: text('subject').notNull(),
    failures: integer('failures').notNull(),
    resetsAt: moment('resets_at').notNull(),
    ...stamps,
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.subject] })],
);
