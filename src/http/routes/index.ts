import { renderApiDocs } from '../../pages/index.ts';
import { json, revalidated } from '../answers.ts';
import { describeApi, describeRoutes } from '../openapi.ts';
import { defineRoute, type Route } from '../route.ts';
import { VERSION } from '../version.ts';
import { albumRoutes } from './albums.ts';
import { accountRoutes } from './account.ts';
import { authRoutes } from './auth.ts';
import { consentRoutes } from './consent.ts';
import { eventRoutes } from './events.ts';
import { formUploadRoutes } from './form-upload.ts';
import { helperRoutes } from './helpers.ts';
import { guestRoutes } from './guests.ts';
import { meRoutes } from './me.ts';
import { moderationRoutes } from './moderation.ts';
import { originalRoutes } from './originals.ts';
import { pageRoutes } from './pages.ts';
import { profileRoutes } from './profile.ts';
import { teamRoutes } from './team.ts';
import { photoRoutes } from './photos.ts';
import { previewRoutes } from './previews.ts';
import { receiptRoutes } from './receipts.ts';
import { rehearsalRoutes } from './rehearsals.ts';
import { renditionRoutes } from './renditions.ts';
import { staffRoutes } from './staff-photos.ts';
import { kioskLinkRoutes } from './screens/kiosk-links.ts';
import { screenRoutes } from './screens/screens.ts';
import { screenSelfRoutes } from './screens/screen-self.ts';
import { siteRoutes } from './screens/sites.ts';
import { stageRoutes } from './screens/stage.ts';
import { tableRoutes } from './tables.ts';
import { themeRoutes } from './theme.ts';
import { uploadRoutes } from './uploads.ts';

let document: unknown;

const describe = defineRoute({
  method: 'GET',
  path: '/api/v1/openapi.json',
  access: 'anyone',
  tag: 'platform',
  summary: 'This document',
  answers: [{ status: 200, description: 'OpenAPI 3.1', contentType: 'application/json' }],
  handler: () => json((document ??= describeApi(routes, VERSION))),
});

const explain = defineRoute({
  method: 'GET',
  path: '/api/docs',
  access: 'anyone',
  tag: 'platform',
  summary: 'The routes on a page, for people',
  answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
  handler: (call) =>
    revalidated(
      call.request,
      renderApiDocs({ routes: describeRoutes(routes), version: VERSION }),
      'text/html; charset=utf-8',
    ),
});

/** Every route there is, in the order in which they are matched. */
export const routes: Route[] = [
  ...authRoutes,
  ...profileRoutes,
  ...teamRoutes,
  ...accountRoutes,
  ...consentRoutes,
  ...helperRoutes,
  ...guestRoutes,
  ...meRoutes,
  ...photoRoutes,
  ...originalRoutes,
  ...previewRoutes,
  ...uploadRoutes,
  ...eventRoutes,
  ...staffRoutes,
  ...moderationRoutes,
  ...albumRoutes,
  ...tableRoutes,
  ...themeRoutes,
  ...siteRoutes,
  ...screenSelfRoutes,
  ...kioskLinkRoutes,
  ...screenRoutes,
  ...stageRoutes,
  ...rehearsalRoutes,
  ...renditionRoutes,
  ...receiptRoutes,
  ...pageRoutes,
  ...formUploadRoutes,
  describe,
  explain,
];
