import assert from "node:assert/strict";
import { test } from "node:test";

import { countCharacters, pieces } from "../src/text.ts";

test("counts an emoji as the two units that LinkedIn counts", () => {
  assert.equal(countCharacters("Open day 🎉"), 11);
});

test("counts no white space around the text, which does not go out", () => {
  assert.equal(countCharacters("\n Open day \n\n"), 8);
  assert.equal(countCharacters("  \n"), 0);
});

test("splits a text into plain runs and hashtags", () => {
  assert.deepEqual(pieces("See #wood, C# 1 and #Möbel"), [
    { kind: "text", text: "See " },
    { kind: "hashtag", text: "#wood" },
    { kind: "text", text: ", C# 1 and " },
    { kind: "hashtag", text: "#Möbel" },
  ]);
});

test("leaves the fragment of an address alone", () => {
  assert.deepEqual(pieces("example.com/#top"), [{ kind: "text", text: "example.com/#top" }]);
});

test("takes neither numbers nor halves of names for hashtags", () => {
  assert.deepEqual(pieces("#1 of #a_b"), [{ kind: "text", text: "#1 of #a_b" }]);
});
