/** Keeps the screen of a seat or of the citizens lit; a browser that cannot is left alone. */
export function stayAwake(): void {
  document.addEventListener("visibilitychange", lock);
  lock();
}

function lock(): void {
  // The browser takes the lock away when the page is hidden, so each return asks anew.
  if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
}
