/** "mm:ss", from one hour on "h:mm:ss"; whole seconds, never negative. */
export function elapsedWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** Milliseconds to add to this machine's clock to get the server's; 0 when the server did not say. */
export function clockOffset(serverNow: string | undefined, machineNow: number): number {
  const told = Date.parse(serverNow ?? "");
  return Number.isNaN(told) ? 0 : told - machineNow;
}
