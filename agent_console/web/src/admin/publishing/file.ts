/** Let the browser keep a file that the hub gives; the cookie of the session opens it. */
export function saveFile(href: string): void {
  const link = Object.assign(document.createElement("a"), { href, download: "" });
  link.click();
}
