/** Where the keyboard was before its region went. */
interface Left {
  readonly region: string;
  readonly element: Element;
  /** Empty where another button of the region said the same. */
  readonly words: string;
  readonly details: string;
}

const FIELDS = "input, select, textarea";

/**
 * The keyboard's place survives a region that is brought anew: the same button where there still is one, else what it
 * was folded into, else the region's heading or the bar. Never another button, which the next Enter would press: the
 * big button has one id for every step, so that only its words tell whether it still does the same.
 */
export function keepFocus(): () => void {
  let left: Left | undefined;

  const leave = (event: Event): void => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail;
    const active = document.activeElement;
    if (!active || active === document.body || !target.contains(active)) return;
    const said = active.id || saying(target, words(active)) === active ? words(active) : "";
    left = { region: target.id, element: active, words: said, details: active.closest("details")?.id ?? "" };
  };

  const back = (event: Event): void => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail;
    if (!left || left.region !== target.id) return;
    const region = document.getElementById(left.region);
    if (region && !region.contains(document.activeElement)) {
      const to = place(region, left);
      if (to.id !== left.element.id) left.element.removeAttribute("id"); // else htmx looks it up and focuses it
      to.focus({ preventScroll: true });
    }
    left = undefined;
  };

  document.body.addEventListener("htmx:oobBeforeSwap", leave);
  document.body.addEventListener("htmx:oobAfterSwap", back);
  return () => {
    document.body.removeEventListener("htmx:oobBeforeSwap", leave);
    document.body.removeEventListener("htmx:oobAfterSwap", back);
  };
}

function place(region: HTMLElement, left: Left): HTMLElement {
  const same = left.element.id ? document.getElementById(left.element.id) : saying(region, left.words);
  if (same && (same.matches(FIELDS) || words(same) === left.words)) return same;
  const folded = left.details ? document.getElementById(left.details)?.querySelector("summary") : null;
  if (folded) return folded;
  const resting = region.querySelector<HTMLElement>("h1, h2, h3") ?? region.closest<HTMLElement>("[tabindex]") ?? region;
  if (!resting.hasAttribute("tabindex")) resting.tabIndex = -1;
  return resting;
}

/** The one control that says this; none where several do. */
function saying(region: Element, wanted: string): HTMLElement | undefined {
  const all = [...region.querySelectorAll<HTMLElement>("button, a[href], summary")];
  const found = wanted ? all.filter((one) => words(one) === wanted) : [];
  return found.length === 1 ? found[0] : undefined;
}

function words(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
