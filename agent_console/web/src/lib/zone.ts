/** Times as a wall clock of a zone shows them, for inputs of type datetime-local. */

/** "2026-11-23T09:00" of a moment (UTC epoch seconds). */
export function wallTime(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const part = Object.fromEntries(
    format.formatToParts(at * 1000).map(({ type, value }) => [type, value]),
  );
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

const asUtc = (wall: string): number =>
  WALL.test(wall) ? Date.parse(`${wall.slice(0, 16)}:00Z`) / 1000 : NaN;

/** The moment at which the wall clock shows this; NaN for what is no time. Of an hour that a change
 * of the clocks leaves out, the one after it. */
export function momentOf(wall: string, zone: string): number {
  const wanted = asUtc(wall);
  if (!Number.isFinite(wanted)) return NaN;
  let at = wanted;
  for (let turn = 0; turn < 2; turn += 1) at += wanted - asUtc(wallTime(at, zone));
  return at;
}

/** The wall time at an hour of a day from now. */
export function wallMorning(now: number, daysAhead: number, hour: number, zone: string): string {
  const day = new Date(asUtc(wallTime(now, zone)) * 1000);
  day.setUTCDate(day.getUTCDate() + daysAhead);
  return `${day.toISOString().slice(0, 10)}T${String(hour).padStart(2, "0")}:00`;
}

/** Days until the next Monday, one at least. */
export function daysToMonday(now: number, zone: string): number {
  const day = new Date(asUtc(wallTime(now, zone)) * 1000).getUTCDay();
  return (8 - day) % 7 || 7;
}
