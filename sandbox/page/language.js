/** Which language the page speaks; remembered in this browser. */

import { TEXTS } from "./texts.js";

const REMEMBERED = "sandbox.language";
export const LANGUAGES = { en: "English", zh: "中文" };

function preferred() {
  const remembered = localStorage.getItem(REMEMBERED);
  if (remembered in LANGUAGES) return remembered;
  return navigator.languages.some((tag) => tag.startsWith("zh")) ? "zh" : "en";
}

/** The page's voice: `t(key, values)` gives a text in the current language. */
export function createVoice() {
  let language = preferred();
  return {
    language: () => language,
    /** @param {"en"|"zh"} name */
    speak(name) {
      language = name;
      localStorage.setItem(REMEMBERED, name);
    },
    /** @param {keyof typeof TEXTS} key @param {Record<string, any>} [values] */
    t(key, values = {}) {
      return TEXTS[key][language].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
    },
  };
}

/** "zh-hans" in its own words: "中文". */
export function ownName(code) {
  try {
    const base = code.split("-")[0];
    const name = new Intl.DisplayNames([code], { type: "language" }).of(base) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  } catch (error) {
    if (error instanceof RangeError) return code; // not a language tag Intl knows
    throw error;
  }
}
