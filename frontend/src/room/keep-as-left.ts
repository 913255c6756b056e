/**
 * What somebody has unfolded or chosen stays so when its region is brought anew: an event of another site must not
 * take the buttons away under the chair's finger. Only `<details>` and `<select>` with an id are kept.
 */
export function keepAsLeft(): () => void {
  const keep = (event: Event): void => {
    const { target, fragment } = (event as CustomEvent<{ target: Element; fragment: ParentNode }>).detail;
    for (const open of target.querySelectorAll("details[open][id]"))
      fragment.querySelector(`details[id="${CSS.escape(open.id)}"]`)?.setAttribute("open", "");
    for (const chosen of target.querySelectorAll<HTMLSelectElement>("select[id]"))
      fragment
        .querySelector(`select[id="${CSS.escape(chosen.id)}"] option[value="${CSS.escape(chosen.value)}"]`)
        ?.setAttribute("selected", "");
  };
  document.body.addEventListener("htmx:oobBeforeSwap", keep);
  return () => document.body.removeEventListener("htmx:oobBeforeSwap", keep);
}
