/** The sandbox's clock, and how its times are written. */

/**
 * A clock that runs with the real one, as far away from it as the sandbox says.
 */
export function createClock() {
  let offset = 0;
  let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    /** @param {number} now Unix seconds on the sandbox clock @param {string} [name] the zone to write times in */
    set(now, name) {
      offset = now - Date.now() / 1000;
      if (name) zone = name;
    },
    /** Unix seconds on the sandbox clock. */
    now: () => Date.now() / 1000 + offset,
    zone: () => zone,
  };
}

const FORMATS = new Map();

function parts(unix, zone, locale, options) {
  const name = [zone, locale, ...Object.values(options)].join("|");
  if (!FORMATS.has(name)) {
    FORMATS.set(name, new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: "h23", ...options }));
  }
  const found = FORMATS.get(name).formatToParts(new Date(unix * 1000));
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

/** "07:30" */
export function timeOfDay(unix, zone) {
  const at = parts(unix, zone, "en-GB", { hour: "2-digit", minute: "2-digit" });
  return `${at.hour}:${at.minute}`;
}

/** A key that differs between days of the zone. */
export function dayKey(unix, zone) {
  const at = parts(unix, zone, "en-GB", { year: "numeric", month: "2-digit", day: "2-digit" });
  return `${at.year}-${at.month}-${at.day}`;
}

/** "Tue 1 Dec 2026" or "2026年12月1日 周二" */
export function longDay(unix, zone, language) {
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  if (language === "zh") {
    const at = parts(unix, zone, "zh-CN", { ...options, month: "numeric" });
    return `${at.year}年${at.month}月${at.day}日 ${at.weekday}`;
  }
  const at = parts(unix, zone, "en-GB", options);
  return `${at.weekday} ${at.day} ${at.month} ${at.year}`;
}

/** "1 December" or "12月1日", as between the messages of two days. */
export function shortDay(unix, zone, language) {
  if (language === "zh") {
    const at = parts(unix, zone, "zh-CN", { day: "numeric", month: "numeric" });
    return `${at.month}月${at.day}日`;
  }
  const at = parts(unix, zone, "en-GB", { day: "numeric", month: "long" });
  return `${at.day} ${at.month}`;
}
