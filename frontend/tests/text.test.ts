import assert from "node:assert/strict";
import { test } from "node:test";

import { countCharacters, pieces } from "../src/text.ts";

test("counts an emoji as one character", () => {
  assert.equal(countCharacters("Open day 🎉"), 10);
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
