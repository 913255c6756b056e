/** The key `/` leads to the search box of the page's header, unless somebody is typing. */

/** Stands before the box; a key pressed with others, or in a field, is not ours. */
export function lead(event: KeyboardEvent): void {
  const at = event.target;
  const typing = at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));
  if (event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const box = document.querySelector<HTMLInputElement>(".desk-search input");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

document.addEventListener("keydown", lead);
