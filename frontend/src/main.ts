// What every page gets: fonts, styles, htmx, and a few small manners. Pages work as plain HTML without it.
import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import "./styles/pages.css";

import "htmx.org";

import { cityOf, sayDistance, wallClockAt } from "./time.ts";

const YEAR_SECONDS = 31_536_000;

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const copy = target?.closest<HTMLElement>("[data-copy]");
  if (copy) void copyText(copy);
  if (target?.closest("[data-fold]")) foldRail();
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLInputElement && field.closest("form[data-submit-on-change]")) field.form?.requestSubmit();
});

// A form that is on its way is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset["composer"] !== undefined) return;
  const button = event.submitter;
  if (button instanceof HTMLButtonElement) window.setTimeout(() => button.setAttribute("data-busy", ""), 0);
});

window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-busy]")) button.removeAttribute("data-busy");
});

rememberZone();
tick();
window.setInterval(tick, 10_000);

async function copyText(button: HTMLElement): Promise<void> {
  const said = button.querySelector<HTMLElement>("[data-said]");
  let words = "Copied";
  try {
    await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
  } catch {
    words = "Select it and copy by hand";
  }
  if (said) said.textContent = words;
  button.setAttribute("data-copied", "");
  window.setTimeout(() => button.removeAttribute("data-copied"), 2000);
}

function foldRail(): void {
  const root = document.documentElement;
  const folded = root.dataset["rail"] !== "folded";
  root.dataset["rail"] = folded ? "folded" : "open";
  setCookie("inroad_rail", folded ? "folded" : "open");
}

/** Tell the server the browser's zone, so that pages can start from the person's own wall clock. */
function rememberZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) setCookie("inroad_zone", encodeURIComponent(zone));
}

function tick(): void {
  const now = new Date();
  for (const clock of document.querySelectorAll<HTMLElement>("[data-clock]")) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    clock.textContent = `${cityOf(zone)} ${wallClockAt(now, zone).time}`;
  }
  for (const said of document.querySelectorAll<HTMLTimeElement>("time[data-distance]")) {
    said.textContent = sayDistance(new Date(said.dateTime), now);
  }
}

function setCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}

