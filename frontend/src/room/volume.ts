/** How loud this machine plays the others, from 0 to 1; kept on the machine, since it belongs to the room's loudspeaker. */
const KEPT = "tiepdan.volume";

export function volume(): number {
  const kept = Number.parseFloat(localStorage.getItem(KEPT) ?? "1");
  return kept >= 0 && kept <= 1 ? kept : 1;
}

/** Everybody on the stage at once, and whoever comes later. */
export function setVolume(value: number): void {
  localStorage.setItem(KEPT, String(value));
  for (const one of document.querySelectorAll<HTMLAudioElement>("sitting-stage audio")) one.volume = value;
}
