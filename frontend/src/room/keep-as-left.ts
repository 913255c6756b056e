/**
 * What somebody has unfolded, chosen or typed stays so when its region is brought anew: an event of another site must
 * not take the buttons away under the chair's finger. Only `<details>` and fields with an id are kept, and nothing of
 * a form that is being sent.
 */
export function keepAsLeft(): () => void {
  const keep = (event: Event): void => {
    const { target, fragment } = (event as CustomEvent<{ target: Element; fragment: ParentNode }>).detail;
    for (const open of target.querySelectorAll("details[open][id]"))
      if (!open.querySelector("form[aria-busy]"))
        fragment.querySelector(`details[id="${CSS.escape(open.id)}"]`)?.setAttribute("open", "");
    for (const chosen of target.querySelectorAll<HTMLSelectElement>("select[id]"))
      fragment
        .querySelector(`select[id="${CSS.escape(chosen.id)}"] option[value="${CSS.escape(chosen.value)}"]`)
        ?.setAttribute("selected", "");
    for (const typed of target.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[id], textarea[id]")) {
      if (typed.value === typed.defaultValue || typed.closest("form[aria-busy]")) continue;
      const fresh = fragment.querySelector<HTMLInputElement>(`${typed.localName}[id="${CSS.escape(typed.id)}"]`);
      if (fresh) fresh.value = typed.value;
    }
  };
  document.body.addEventListener("htmx:oobBeforeSwap", keep);
  return () => document.body.removeEventListener("htmx:oobBeforeSwap", keep);
}
