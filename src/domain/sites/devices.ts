import type { Device, DeviceCreate, DeviceListQuery, DevicePatch } from '../../contract/sites.ts';
import { DatabaseRefusal } from '../../db/errors.ts';
import type { DeviceRow } from '../../db/schema/screens.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import {
  deleteOtherDevice,
  insertDevice,
  listDevices,
  lockOtherDevice,
  updateDevice,
} from '../../db/screens/devices.ts';
import { findMember } from '../../db/sessions.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';
import { statusOf } from '../screens/screen-rules.ts';
import { requireSite } from './sites.ts';

const deviceNotFound = () =>
  new DomainError('device.not_found', 'There is no such device here. Screens are changed at /api/v1/screens.');

/** Two devices with one serial number are one device, entered twice. */
export function refuseSerialNumber(error: unknown): never {
  if (error instanceof DatabaseRefusal && error.constraint === 'devices_by_serial_number') {
    throw new DomainError('device.serial_taken', 'Another device has this serial number. Change that one instead.');
  }
  throw error;
}

const isScreen = (device: DeviceRow): boolean => device.kind === 'screen' || device.kind === 'kiosk';

const toDevice = (device: DeviceRow, now: Date): Device => ({
  id: device.id,
  kind: device.kind,
  name: device.name,
  serialNumber: device.serialNumber,
  status: isScreen(device) ? statusOf(device, null, now) : device.status,
  siteId: device.siteId,
  lastSeenAt: device.lastSeenAt ? device.lastSeenAt.toISOString() : null,
  createdAt: device.createdAt.toISOString(),
});

/** Everything that stands somewhere, screens too. */
export async function listInventory(
  context: TenantContext,
  actor: StaffActor,
  input: DeviceListQuery,
): Promise<{ items: Device[]; nextCursor: string | null }> {
  const { kind, site: siteId, limit } = input;
  const after = decodeCursor(input.cursor);
  const now = context.ports.clock.now();
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listDevices(tx, context.tenant.id, { kind, siteId, limit: limit + 1, after }),
  ]);
  const page = toPage(rows, limit, (row) => ({ at: row.position, id: row.device.id }));
  return { items: page.rows.map((row) => toDevice(row.device, now)), nextCursor: page.nextCursor };
}

const write = <T>(
  context: TenantContext,
  actor: StaffActor,
  work: (tx: TenantTx, tenantId: string) => Promise<T>,
): Promise<T> =>
  writeTenant(context.db, { tenantId: context.tenant.id, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, context.tenant.id, actor.userId), 'member');
    return work(tx, context.tenant.id);
  }).catch(refuseSerialNumber);

/** @throws DomainError device.serial_taken, site.not_found */
export const createDevice = (context: TenantContext, actor: StaffActor, body: DeviceCreate): Promise<Device> =>
  write(context, actor, async (tx, tenantId) => {
    await requireSite(tx, tenantId, body.siteId);
    const [device] = await insertDevice(tx, {
      tenantId,
      kind: body.kind,
      name: body.name,
      serialNumber: body.serialNumber ?? null,
      status: body.status,
      siteId: body.siteId ?? null,
      createdBy: actor.userId,
    });
    if (!device) throw new Error('a device was inserted and not returned');
    return toDevice(device, context.ports.clock.now());
  });

/** @throws DomainError device.not_found, also for screens; device.serial_taken, site.not_found */
export const changeDevice = (
  context: TenantContext,
  actor: StaffActor,
  id: string,
  { kind, name, serialNumber, status, siteId }: DevicePatch,
): Promise<Device> =>
  write(context, actor, async (tx, tenantId) => {
    if (!(await lockOtherDevice(tx, tenantId, id))[0]) throw deviceNotFound();
    await requireSite(tx, tenantId, siteId);
    const [device] = await updateDevice(tx, tenantId, id, {
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
      ...(serialNumber === undefined ? {} : { serialNumber }),
      ...(status === undefined ? {} : { status }),
      ...(siteId === undefined ? {} : { siteId }),
    });
    if (!device) throw deviceNotFound();
    return toDevice(device, context.ports.clock.now());
  });

/** @throws DomainError device.not_found, also for screens */
export const removeDevice = (context: TenantContext, actor: StaffActor, id: string): Promise<void> =>
  write(context, actor, async (tx, tenantId) => {
    if (!(await deleteOtherDevice(tx, tenantId, id))[0]) throw deviceNotFound();
  });
