// Made from workers/room/wrangler.toml by `npm run check -- --fix`.

interface RoomEnv {
	ROOMS: DurableObjectNamespace<import("./index").EventRoom>;
	PLATFORM: Service /* entrypoint RoomService from momentique */;
}
