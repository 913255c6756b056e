/**
 * What somebody has unfolded stays unfolded when its region is brought anew: an event of another site must not
 * take the buttons away under the chair's finger. Only `<details>` with an id are kept.
 */
export function keepUnfolded(): () => void {
  const keep = (event: Event): void => {
    const { target, fragment } = (event as CustomEvent<{ target: Element; fragment: ParentNode }>).detail;
    for (const open of target.querySelectorAll("details[open][id]"))
      fragment.querySelector(`details[id="${CSS.escape(open.id)}"]`)?.setAttribute("open", "");
  };
  document.body.addEventListener("htmx:oobBeforeSwap", keep);
  return () => document.body.removeEventListener("htmx:oobBeforeSwap", keep);
}
