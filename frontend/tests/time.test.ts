import assert from "node:assert/strict";
import { test } from "node:test";

import { cityOf, instantOf, sayDistance, sayWhen, wallClockAt } from "../src/time.ts";

const NOON = new Date("2026-11-23T12:00:00Z");

test("shows the wall clock of a zone", () => {
  assert.deepEqual(wallClockAt(NOON, "Asia/Kolkata"), { date: "2026-11-23", time: "17:30" });
});

test("finds the instant of a wall-clock time", () => {
  const found = instantOf({ date: "2026-12-01", time: "09:00" }, "Europe/Berlin");
  assert.equal(found?.toISOString(), "2026-12-01T08:00:00.000Z");
});

test("finds no instant in the hour that spring skips", () => {
  assert.equal(instantOf({ date: "2027-03-28", time: "02:30" }, "Europe/Berlin"), null);
});

test("takes the first of two instants in autumn", () => {
  const found = instantOf({ date: "2026-10-25", time: "02:30" }, "Europe/Berlin");
  assert.equal(found?.toISOString(), "2026-10-25T00:30:00.000Z");
});

test("says when in a person's words", () => {
  assert.equal(sayWhen({ date: "2026-12-01", time: "09:00" }, "Europe/Berlin", NOON), "Tue 1 Dec, 09:00 Berlin");
  assert.equal(
    sayWhen({ date: "2027-01-05", time: "18:15" }, "America/New_York", NOON),
    "Tue 5 Jan 2027, 18:15 New York",
  );
});

test("says how far away an instant is", () => {
  assert.equal(sayDistance(new Date("2026-11-23T15:20:00Z"), NOON), "in 3 h 20 min");
  assert.equal(sayDistance(new Date("2026-11-25T12:00:00Z"), NOON), "in 2 days");
  assert.equal(sayDistance(new Date("2026-11-23T11:48:00Z"), NOON), "12 min ago");
  assert.equal(sayDistance(NOON, NOON), "in less than a minute");
});

test("names a zone by its city", () => {
  assert.equal(cityOf("America/Argentina/Buenos_Aires"), "Buenos Aires");
});
