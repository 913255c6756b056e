const BEGINS = ["pointerdown", "keydown"];
const ENDS = ["pointerup", "pointercancel", "keyup"];

/**
 * Nothing is brought anew under a finger, a mouse button or the space bar that is down: a press whose button went
 * between down and up is no press. What came meanwhile is dropped and asked for again afterwards.
 */
export function holdStill(): () => void {
  let [down, missed] = [false, false];

  const press = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key === " ") down = true;
  };

  const lift = (): void => {
    down = false;
    if (missed) document.body.dispatchEvent(new CustomEvent("acts:refresh"));
    missed = false;
  };

  const wait = (event: Event): void => {
    const { verb } = (event as CustomEvent<{ requestConfig: { verb: string } }>).detail.requestConfig;
    if (!down || verb.toLowerCase() !== "get") return;
    event.preventDefault();
    missed = true;
  };

  document.body.addEventListener("htmx:beforeOnLoad", wait);
  for (const name of BEGINS) addEventListener(name, press, { capture: true });
  for (const name of ENDS) addEventListener(name, lift, { capture: true });
  addEventListener("blur", lift); // the window's own: another window has the pointer, and its end
  return () => {
    document.body.removeEventListener("htmx:beforeOnLoad", wait);
    for (const name of BEGINS) removeEventListener(name, press, { capture: true });
    for (const name of ENDS) removeEventListener(name, lift, { capture: true });
    removeEventListener("blur", lift);
  };
}
