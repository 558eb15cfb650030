import { accountAnswerSchema, accountPatchSchema } from '../../contract/account.ts';
import { changeAccount, getAccount } from '../../domain/people/account.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route, type StaffCall } from '../route.ts';

const answerAccount = async (call: StaffCall): Promise<Response> =>
  json(await getAccount(call.context, call.staff, (slug) => `${slug}.${call.config.PLATFORM_HOST}`));

export const accountRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/tenant',
    access: 'viewer',
    tag: 'staff',
    summary: 'This account, and what it has used so far',
    answers: [{ status: 200, description: 'the account', schema: accountAnswerSchema }],
    handler: answerAccount,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/tenant',
    access: 'admin',
    tag: 'staff',
    summary: 'Change the name, and where guests find imprint, privacy notice and help; null takes one away',
    body: accountPatchSchema,
    answers: [{ status: 200, description: 'the account', schema: accountAnswerSchema }],
    async handler(call, { body }) {
      await changeAccount(call.context, call.staff, body);
      return answerAccount(call);
    },
  }),
];
