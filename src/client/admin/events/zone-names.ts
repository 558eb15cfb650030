/** For engines that cannot list their zones: one for each offset and for where most people are. */
const SOME = `
  Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Africa/Nairobi
  America/Argentina/Buenos_Aires America/Bogota America/Caracas America/Chicago America/Denver
  America/Halifax America/Lima America/Los_Angeles America/Mexico_City America/New_York
  America/Santiago America/Sao_Paulo America/St_Johns America/Toronto Asia/Baghdad Asia/Bangkok
  Asia/Beirut Asia/Dhaka Asia/Dubai Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Karachi
  Asia/Kathmandu Asia/Kolkata Asia/Manila Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore
  Asia/Tehran Asia/Tokyo Atlantic/Azores Atlantic/Canary Australia/Adelaide Australia/Brisbane
  Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Berlin Europe/Brussels
  Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul
  Europe/Kyiv Europe/Lisbon Europe/London Europe/Madrid Europe/Oslo Europe/Paris Europe/Prague
  Europe/Rome Europe/Stockholm Europe/Vienna Europe/Warsaw Europe/Zurich Pacific/Auckland
  Pacific/Honolulu UTC`
  .trim()
  .split(/\s+/);

/** Zones to choose from, in alphabetical order; what is chosen already is always among them. */
export function zoneNames(chosen: string): string[] {
  const { supportedValuesOf } = Intl as unknown as { supportedValuesOf?: (key: 'timeZone') => string[] };
  let names = SOME;
  try {
    if (supportedValuesOf) names = supportedValuesOf('timeZone').concat('UTC');
  } catch {
    /* an engine that has it and does not know this list */
  }
  return [...new Set(names.concat(chosen))].sort();
}

/** The zone of this browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
