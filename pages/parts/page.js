// Sent by serve.py with every page: `<html lang>` follows the address when the language is switched, and the grouped
// navigation of the side bar, which Streamlit draws as <ul><div><li>, becomes a list that screen readers understand,
// a table wider than its place can be scrolled by keyboard, and the press on Print opens the browser's own dialog.
const usual = document.currentScript.dataset.lang;
let asked = false;

function mend() {
  asked = false;
  const lang = new URLSearchParams(location.search).get("lang") || usual;
  if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  for (const group of document.querySelectorAll('[data-testid="stSidebarNavItems"] > div:not([role])')) {
    group.setAttribute("role", "list");
    group.parentElement.setAttribute("role", "none");
  }
  for (const place of document.querySelectorAll('[data-testid="stTable"] > div:not([tabindex])')) {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.(".st-key-print_page button")) setTimeout(() => window.print());
});

new MutationObserver(() => {
  if (!asked) requestAnimationFrame(mend);
  asked = true;
}).observe(document.documentElement, { childList: true, subtree: true });
