import type { DeviceKind } from '../../../contract/sites.ts';

/* Which word stands for which value; the words are in the part `sites`. */

export const KIND_WORDS = {
  sensor: 'kindSensor',
  controller: 'kindController',
  gateway: 'kindGateway',
  camera: 'kindCamera',
  actuator: 'kindActuator',
  meter: 'kindMeter',
  beacon: 'kindBeacon',
  router: 'kindRouter',
  server: 'kindServer',
  workstation: 'kindWorkstation',
  screen: 'kindScreen',
  kiosk: 'kindKiosk',
  printer: 'kindPrinter',
} as const satisfies Record<DeviceKind, string>;

/** Those of the part `screens`. */
export const STATUS_TONES = {
  online: 'good',
  offline: 'plain',
  maintenance: 'wait',
  error: 'bad',
  decommissioned: 'plain',
} as const;

/** What clocks in a zone say now. */
export const clockOf = (locale: string, timeZone: string): string =>
  new Date().toLocaleTimeString(locale, { timeZone, hour: '2-digit', minute: '2-digit' });
