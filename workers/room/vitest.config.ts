import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { roomProject } from '../../src/test/support/room-project.ts';

export default defineConfig(roomProject(process.env['MOMENTIQUE_EVICTED'] === '1' ? 'all' : 'no') as ViteUserConfig);
