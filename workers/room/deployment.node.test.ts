import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';

const read = (file: string) => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

describe('the very first deployment of the room', () => {
  it('is the usual one but for the main Worker, which is not there yet', () => {
    const { services, ...usual } = read('wrangler.toml');
    expect(services).toMatchObject([{ service: 'momentique' }]);
    expect(read('wrangler.first.toml')).toEqual(usual);
  });

  it('gives the main Worker all the rooms that it binds', () => {
    const bindings = read('../../wrangler.toml')['durable_objects'] as {
      bindings: { class_name: string; script_name: string }[];
    };
    const here = read('wrangler.first.toml')['migrations'] as { new_sqlite_classes: string[] }[];
    const classes = here.flatMap((migration) => migration.new_sqlite_classes);
    const rooms = bindings.bindings.filter((binding) => binding.script_name === 'momentique-room');
    expect(rooms.map((binding) => binding.class_name).sort()).toEqual([...classes].sort());
  });
});
