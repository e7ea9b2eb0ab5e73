// The pure modules and their tests as plain JavaScript, for `node --test`.
export default {
  input: { text: "tests/text.test.ts", time: "tests/time.test.ts" },
  platform: "node",
  output: { dir: ".tested", format: "esm" },
};
