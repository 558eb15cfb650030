import * as z from 'zod';
import { RECEIPT_MAX_CHARACTERS, receiptAnswerSchema, receiptRequestSchema } from '../../contract/me.ts';
import { verifyReceipt } from '../../domain/guests/erasure.ts';
import { publicKeys } from '../../domain/guests/receipts.ts';
import { renderReceipt } from '../../pages/index.ts';
import { htmlAnswer, json, revalidated } from '../answers.ts';
import { readBounded } from '../input.ts';
import { askedLanguage, localeOf } from '../language.ts';
import { defineRoute, type Call, type Route } from '../route.ts';

const FORM_MAX_BYTES = 3 * RECEIPT_MAX_CHARACTERS;

const propsOf = (call: Call) => ({
  tenant: call.tenant,
  locale: localeOf(call.request),
  lang: askedLanguage(call.url) ?? undefined,
});

/** Receipts of erasure, for machines and for people. */
export const receiptRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: 'anyone',
    tag: 'platform',
    summary: 'The keys that receipts are signed with, to verify one without us',
    answers: [{ status: 200, description: 'a JWK Set (RFC 7517)', contentType: 'application/json' }],
    handler: async (call) =>
      json(await publicKeys(call.config.RECEIPT_SIGNING_KEY), 200, { 'cache-control': 'public, max-age=300' }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/receipts/verify',
    access: 'anyone',
    tag: 'guests',
    summary: 'Whether a receipt of erasure is genuine, and what it says',
    body: receiptRequestSchema,
    answers: [{ status: 200, description: 'genuine or not', schema: receiptAnswerSchema }],
    handler: async (call, { body }) => json(await verifyReceipt(call.context, body.receipt)),
  }),
  defineRoute({
    method: 'GET',
    path: '/receipt',
    access: 'anyone',
    tag: 'pages',
    summary: 'Checks a receipt of erasure for a person; one that follows `#` in the address is checked at once',
    query: z.looseObject({ lang: z.string().max(20).optional() }),
    answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
    handler: (call) =>
      revalidated(call.request, renderReceipt({ ...propsOf(call), answer: null }), 'text/html; charset=utf-8'),
  }),
  defineRoute({
    method: 'POST',
    path: '/receipt',
    access: 'anyone',
    tag: 'pages',
    summary: 'The same, for a receipt that was pasted',
    rawBody: 'application/x-www-form-urlencoded',
    answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
    async handler(call) {
      const form = new URLSearchParams(new TextDecoder().decode(await readBounded(call.request, FORM_MAX_BYTES)));
      // Mail programs break long lines.
      const receipt = (form.get('receipt') ?? '').replaceAll(/\s+/g, '').replace(/^.*#/, '');
      return htmlAnswer(renderReceipt({ ...propsOf(call), answer: await verifyReceipt(call.context, receipt) }));
    },
  }),
];
