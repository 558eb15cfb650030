import '../gallery/gallery.css';
import './receipt.css';

/** A receipt that follows `#` in the address is checked at once: it is sent to nobody before this page has it. */
const form = document.querySelector<HTMLFormElement>('#receipt-form');
const field = document.querySelector<HTMLTextAreaElement>('#receipt');
const receipt = decodeURIComponent(location.hash.slice(1)).trim();
if (form && field && receipt && !field.value) {
  field.value = receipt;
  history.replaceState(null, '', location.pathname + location.search);
  form.submit();
}
