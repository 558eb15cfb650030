import { parseConfig } from '../contract/config.ts';
import type { Services } from '../domain/context.ts';
import { openDatabase } from './neon.ts';
import { openPorts, type PortBindings } from './ports.ts';

const opened = new WeakMap<object, Services>();

/**
 * The services of this isolate, made from its bindings once.
 * @throws Error that names each missing variable, never a value.
 */
export function openServices(env: PortBindings): Services {
  const known = opened.get(env);
  if (known) return known;
  const config = parseConfig(env);
  const services = { config, db: openDatabase(config), ports: openPorts(env, config) };
  opened.set(env, services);
  return services;
}
