/** The language of the page: scripts say their few words in it; Vietnamese comes first. */
export function say(vietnamese: string, english: string): string {
  return document.documentElement.lang === "en" ? english : vietnamese;
}
