import assert from "node:assert/strict";
import { test } from "node:test";

import { countCharacters, pieces } from "../src/text.ts";

test("counts an emoji as one character", () => {
  assert.equal(countCharacters("Open day 🎉"), 10);
});

test("counts a mention as the name that it shows", () => {
  assert.equal(countCharacters("With @[Harbour Timber](urn:li:organization:55120077)!"), 20);
});

test("counts a hashtag with its sign", () => {
  assert.equal(countCharacters("#woodwork"), 9);
});

test("splits a text into what readers see", () => {
  assert.deepEqual(pieces("See @[Fish \\(Rye\\)](urn:li:organization:7) #wood, C# 1"), [
    { kind: "text", text: "See " },
    { kind: "mention", text: "Fish (Rye)", urn: "urn:li:organization:7" },
    { kind: "text", text: " " },
    { kind: "hashtag", text: "#wood" },
    { kind: "text", text: ", C# 1" },
  ]);
});
