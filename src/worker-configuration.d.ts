// Made from wrangler.toml by `npm run check -- --fix`.

interface MainEnv {
	ORIGINALS: R2Bucket;
	ORIGINALS_EU: R2Bucket;
	ORIGINALS_US: R2Bucket;
	THUMBNAILS: Queue;
	MAIL: Queue;
	REHEARSALS: Queue;
	LIMIT_UPLOADS: RateLimit;
	LIMIT_SESSIONS: RateLimit;
	LIMIT_LOGINS: RateLimit;
	ASSETS: Fetcher;
	PLATFORM_HOST: string;
	JURISDICTIONS: string;
	DATABASE_URL: string;
	STAFF_JWT_SECRET: string;
	GUEST_JWT_SECRET: string;
	RENDITION_KEY_SECRET: string;
	RECEIPT_SIGNING_KEY: string;
	ROOMS: DurableObjectNamespace /* EventRoom from momentique-room */;
	RELAYS: DurableObjectNamespace /* RelayRoom from momentique-room */;
	UPLOADS: DurableObjectNamespace /* ResumableUpload from momentique-uploads */;
	COURIER: Service /* entrypoint Courier from momentique-courier */;
}

declare namespace Cloudflare {
	interface GlobalProps {
		mainModule: typeof import("./index");
	}
	interface Env extends MainEnv {}
}

declare module "*.wasm" {
	const value: WebAssembly.Module;
	export default value;
}
