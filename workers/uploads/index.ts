export { ResumableUpload } from './resumable-upload.ts';

/**
 * No public address: the gateway reaches `ResumableUpload` through its binding, and only the gateway knows who is
 * asking. Whoever finds this Worker by another way finds nothing.
 */
export default {
  fetch(): Response {
    return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } });
  },
} satisfies ExportedHandler;
