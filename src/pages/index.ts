export { renderAdminShell } from './admin.tsx';
export { renderApiDocs, type DocumentedRoute } from './api-docs.tsx';
export { assetsOf, type Assets, type Entry } from './assets.ts';
export { renderDesign } from './design.tsx';
export type { PageTenant } from './document.tsx';
export { renderMessage, renderPinForm, type MessageProps, type PinFormProps, type UploadResult } from './forms.tsx';
export { renderGallery, type GalleryProps } from './gallery.tsx';
export { renderLocalIndex } from './local-index.tsx';
export { renderPreview, renderScreen } from './screen.tsx';
export {
  renderError,
  renderNotFound,
  renderStatusPage,
  renderTenantHome,
  type ErrorPageProps,
  type StatusPageProps,
  type TenantHomeProps,
} from './tenant.tsx';
export { renderReceipt } from './receipt.tsx';
export { galleryPath } from './table-field.tsx';
export { themeCss } from './theme.ts';
export { renderWall, type WallProps } from './wall.tsx';
