/** Put a floating box under its anchor, or above it where there is no room; always on screen. */
export function place(box: HTMLElement, anchor: HTMLElement, gap = 6): void {
  const a = anchor.getBoundingClientRect();
  const b = box.getBoundingClientRect();
  const below = a.bottom + gap + b.height <= innerHeight;
  const top = below ? a.bottom + gap : Math.max(8, a.top - gap - b.height);
  const left = Math.min(Math.max(8, a.left), innerWidth - b.width - 8);
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}
