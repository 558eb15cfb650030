// Made from workers/room/wrangler.toml by `npm run check -- --fix`.

interface RoomEnv {
	RELAY_THRESHOLD: string;
	ROOMS: DurableObjectNamespace<import("./index").EventRoom>;
	RELAYS: DurableObjectNamespace<import("./index").RelayRoom>;
	PLATFORM: Service /* entrypoint RoomService from momentique */;
}
