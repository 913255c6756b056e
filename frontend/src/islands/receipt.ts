/**
 * «In giấy biên nhận» prints the paper shown in the page.  Without JavaScript, or before the paper is there, the button
 * is a link to it.  A button with `data-print-page` prints the page itself.
 */
export function print(event: MouseEvent): void {
  if ((event.target as Element).closest("[data-print-page]")) return window.print();
  const paper = document.querySelector<HTMLIFrameElement>("iframe[data-receipt]");
  if (!(event.target as Element).closest("[data-print]") || !paper?.contentWindow) return;
  event.preventDefault();
  paper.contentWindow.focus();
  paper.contentWindow.print();
}

document.addEventListener("click", print);
