import { EventRoom, RelayRoom } from '../index.ts';

export * from '../index.ts';
// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export { default } from '../index.ts';

interface CrowdedEnv extends RoomEnv {
  CROWDED_ROOMS: DurableObjectNamespace<CrowdedRoom>;
  CROWDED_RELAYS: DurableObjectNamespace<CrowdedRelay>;
}

/** A room that is full with two, and so sends people to relays. */
export class CrowdedRoom extends EventRoom {
  constructor(ctx: DurableObjectState, env: CrowdedEnv) {
    super(ctx, { ...env, RELAY_THRESHOLD: '2', RELAYS: env.CROWDED_RELAYS });
  }
}

export class CrowdedRelay extends RelayRoom {
  constructor(ctx: DurableObjectState, env: CrowdedEnv) {
    super(ctx, { ...env, ROOMS: env.CROWDED_ROOMS });
  }
}
