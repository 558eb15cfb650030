/**
 * The plain values of the live protocol. They stand apart from the schemas in `live.ts`, because the
 * browser needs them and must not carry zod for it. Nothing is imported here.
 */

export const PROTOCOL_VERSION = 1;
export const TICKET_TTL_SECONDS = 60;

/** Close code for a frame of another protocol version: the page is older or newer than the room. */
export const CLOSE_WRONG_VERSION = 4400;
/** Close code when the session behind the socket has ended: a new ticket may help. */
export const CLOSE_EXPIRED = 4401;
/** IANA, WebSocket close codes: a client that takes nothing for long is to come back later. */
export const CLOSE_LATER = 1013;
/** RFC 6455, 7.4.1: a frame longer than `CLIENT_FRAME_MAX_BYTES`. */
export const CLOSE_TOO_LARGE = 1009;
/** RFC 6455, 7.4.1: a binary frame; the protocol is text. */
export const CLOSE_UNSUPPORTED = 1003;
/** RFC 6455, 7.4.1: more frames than a client has reason to send. */
export const CLOSE_FLOOD = 1008;

/** A client's frame may be at most this long. */
export const CLIENT_FRAME_MAX_BYTES = 4096;
/** What a client sends, and what the platform answers without waking the room. */
export const PING_FRAME = '{"v":1,"type":"ping"}';
export const PONG_FRAME = '{"v":1,"type":"pong"}';

/**
 * How many messages one `publish` may carry: twice what one bulk decision makes. Sending is one
 * uninterrupted turn of the room, so a publisher does better with pieces of 50.
 */
export const PUBLISH_MAX_MESSAGES = 1_000;

/** Codes of `error` frames. */
export const LIVE_WRONG_VERSION = 'live.wrong_version';
export const LIVE_MALFORMED = 'live.malformed';

/** A client acknowledges every so many frames, or after so long, whichever comes first. */
export const ACK_FRAMES = 64;
export const ACK_SECONDS = 5;

/** A moderator holds at most so many photos: the one in hand and those that are being fetched. */
export const CLAIM_MAX_PHOTOS = 4;
/** A claim that is not renewed ends after so long. */
export const CLAIM_SECONDS = 90;

/** What may be told to a screen that is there. `refresh`: fetch `/screens/me` again; `report`: say how you are for `WATCH_SECONDS`. */
export const SCREEN_NUDGES = [
  'pause',
  'resume',
  'skip',
  'reload',
  'identify',
  'preflight',
  'refresh',
  'report',
] as const;
/** What a screen looks at before an event. */
export const PREFLIGHT_CHECKS = ['overscan', 'browser', 'storage', 'socket', 'clock'] as const;
/** Staff who watch screens are told of them for so long; a page renews it after 40. */
export const WATCH_SECONDS = 60;
/** With what a guest may react to a photo. */
export const REACTION_EMOJI = ['❤️', '😂', '😮', '👏', '🎉', '🔥'] as const;
/** Reactions in one batch to Postgres. */
export const REACTION_BATCH_MAX = 500;
/** Photos in one batch of those that were shown. */
export const SHOWN_BATCH_MAX = 200;
