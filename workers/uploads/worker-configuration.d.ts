// Made from workers/uploads/wrangler.toml by `npm run check -- --fix`.

interface UploadsEnv {
	ORIGINALS: R2Bucket;
	ORIGINALS_EU: R2Bucket;
	ORIGINALS_US: R2Bucket;
	THUMBNAILS: Queue;
	MAIL: Queue;
	PLATFORM_HOST: string;
	JURISDICTIONS: string;
	DATABASE_URL: string;
	STAFF_JWT_SECRET: string;
	GUEST_JWT_SECRET: string;
	RENDITION_KEY_SECRET: string;
	UPLOADS: DurableObjectNamespace<import("./index").ResumableUpload>;
	ROOMS: DurableObjectNamespace /* EventRoom from momentique-room */;
}
