import * as z from 'zod';
import { idSchema } from '../../../contract/ids.ts';
import {
  deviceAnswerSchema,
  deviceCreateSchema,
  deviceListQuerySchema,
  deviceListSchema,
  devicePatchSchema,
  siteAnswerSchema,
  siteCreateSchema,
  siteListQuerySchema,
  siteListSchema,
  siteMemberListSchema,
  sitePatchSchema,
} from '../../../contract/sites.ts';
import { changeDevice, createDevice, listInventory, removeDevice } from '../../../domain/sites/devices.ts';
import {
  assignMember,
  changeSite,
  createSite,
  getSite,
  listMembersOfSite,
  listSitesFor,
  removeSite,
  unassignMember,
} from '../../../domain/sites/sites.ts';
import { json, listAnswer } from '../../answers.ts';
import { defineRoute, type Route } from '../../route.ts';

const siteParams = z.strictObject({ site: idSchema });
const assignmentParams = z.strictObject({ site: idSchema, user: idSchema });
const deviceParams = z.strictObject({ device: idSchema });
const gone = () => new Response(null, { status: 204 });

/** Venues, who looks after them, and what stands there. Everybody of the team reads; who deletes or assigns is an admin. */
export const siteRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/sites',
    access: 'viewer',
    tag: 'sites',
    summary: 'Sites of this account, the oldest first',
    query: siteListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: siteListSchema }],
    handler: async (call, { query }) => listAnswer(call.request, await listSitesFor(call.context, call.staff, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/sites',
    access: 'member',
    tag: 'sites',
    summary: 'A new site',
    body: siteCreateSchema,
    answers: [{ status: 201, description: 'made', schema: siteAnswerSchema }],
    handler: async (call, { body }) => json({ site: await createSite(call.context, call.staff, body) }, 201),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/sites/{site}',
    access: 'viewer',
    tag: 'sites',
    summary: 'One site',
    params: siteParams,
    answers: [{ status: 200, description: 'the site', schema: siteAnswerSchema }],
    handler: async (call, { params }) => json({ site: await getSite(call.context, call.staff, params.site) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/sites/{site}',
    access: 'member',
    tag: 'sites',
    summary: 'Change what is given; null takes the address or the place away',
    params: siteParams,
    body: sitePatchSchema,
    answers: [{ status: 200, description: 'the site', schema: siteAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ site: await changeSite(call.context, call.staff, params.site, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/sites/{site}',
    access: 'admin',
    tag: 'sites',
    summary: 'Delete a site; what stands there stays, without one',
    params: siteParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await removeSite(call.context, call.staff, params.site);
      return gone();
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/sites/{site}/members',
    access: 'viewer',
    tag: 'sites',
    summary: 'Who of the team looks after a site',
    params: siteParams,
    query: siteListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: siteMemberListSchema }],
    handler: async (call, { params, query }) =>
      json(await listMembersOfSite(call.context, call.staff, { site: params.site, ...query })),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/v1/sites/{site}/members/{user}',
    access: 'admin',
    tag: 'sites',
    summary: 'Let somebody of the team look after a site; a repeat changes nothing',
    params: assignmentParams,
    answers: [{ status: 204, description: 'they do' }],
    async handler(call, { params }) {
      await assignMember(call.context, call.staff, params);
      return gone();
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/sites/{site}/members/{user}',
    access: 'admin',
    tag: 'sites',
    summary: 'Somebody looks after a site no more; a repeat changes nothing',
    params: assignmentParams,
    answers: [{ status: 204, description: 'they do not' }],
    async handler(call, { params }) {
      await unassignMember(call.context, call.staff, params);
      return gone();
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/devices',
    access: 'viewer',
    tag: 'sites',
    summary: 'Everything that stands somewhere, screens too, newest first',
    query: deviceListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: deviceListSchema }],
    handler: async (call, { query }) => listAnswer(call.request, await listInventory(call.context, call.staff, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/devices',
    access: 'member',
    tag: 'sites',
    summary: 'Enter a device; screens and kiosks are paired instead',
    body: deviceCreateSchema,
    answers: [{ status: 201, description: 'entered', schema: deviceAnswerSchema }],
    handler: async (call, { body }) => json({ device: await createDevice(call.context, call.staff, body) }, 201),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/devices/{device}',
    access: 'member',
    tag: 'sites',
    summary: 'Change what is given of a device that is no screen',
    params: deviceParams,
    body: devicePatchSchema,
    answers: [{ status: 200, description: 'the device', schema: deviceAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ device: await changeDevice(call.context, call.staff, params.device, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/devices/{device}',
    access: 'member',
    tag: 'sites',
    summary: 'Take a device that is no screen out of the list',
    params: deviceParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await removeDevice(call.context, call.staff, params.device);
      return gone();
    },
  }),
];
