// Wall-clock times in named zones: instants from them, words for them. No library: Intl knows the zones.

export interface WallClock {
  /** Year-month-day, as a date field holds it. */
  readonly date: string;
  /** Hour:minute, 24 hours, as a time field holds it. */
  readonly time: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Say what the clock on the wall of `zone` shows at an instant. */
export function wallClockAt(instant: Date, zone: string): WallClock {
  const parts = new Map(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(instant)
      .map((part) => [part.type, part.value] as const),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return { date: `${of("year").padStart(4, "0")}-${of("month")}-${of("day")}`, time: `${of("hour")}:${of("minute")}` };
}

/**
 * Find the instant at which `zone` shows this wall-clock time; null when no clock there ever shows it (the hour that
 * is skipped in spring) or when the fields are not filled. A time that comes twice means its first coming.
 */
export function instantOf(wall: WallClock, zone: string): Date | null {
  const asUtc = Date.parse(`${wall.date}T${wall.time}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsets = [asUtc - DAY, asUtc + DAY].map((near) => offsetAt(near, zone));
  const candidates = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
  for (const candidate of candidates) {
    const shown = wallClockAt(new Date(candidate), zone);
    if (shown.date === wall.date && shown.time === wall.time) return new Date(candidate);
  }
  return null;
}

/** "Berlin" for Europe/Berlin: how a person names a zone. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** "Tue 1 Dec, 09:00 Berlin"; the year is said when it is not this one. */
export function sayWhen(wall: WallClock, zone: string, now: Date): string {
  const [year = 0, month = 1, day = 1] = wall.date.split("-").map(Number);
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? "";
  const thisYear = wallClockAt(now, zone).date.startsWith(`${year}-`);
  const date = `${weekday} ${day} ${MONTHS[month - 1] ?? ""}${thisYear ? "" : ` ${year}`}`;
  return `${date}, ${wall.time} ${cityOf(zone)}`;
}

/** "in 3 h 20 min", "in 8 days", "12 min ago". */
export function sayDistance(instant: Date, now: Date): string {
  const distance = instant.getTime() - now.getTime();
  const words = sayLength(Math.abs(distance));
  if (words === "") return distance < 0 ? "just now" : "in less than a minute";
  return distance < 0 ? `${words} ago` : `in ${words}`;
}

function sayLength(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return "";
  if (hours < 1) return `${minutes} min`;
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  if (days > 13) return `${days} days`;
  const rest = hours % 24;
  const said = `${days} ${days === 1 ? "day" : "days"}`;
  return rest === 0 ? said : `${said} ${rest} h`;
}

function offsetAt(instant: number, zone: string): number {
  const shown = wallClockAt(new Date(instant), zone);
  return Date.parse(`${shown.date}T${shown.time}:00Z`) - Math.floor(instant / MINUTE) * MINUTE;
}
