/** Stands for rows of a table that are out of sight. */
export function RowSpace({ height }: { height: number }) {
  if (height <= 0) return null;
  return <tr class="rows-space" style={{ height: `${height}px` }} aria-hidden="true" />;
}
