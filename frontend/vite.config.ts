import { defineConfig } from "vite";

// Everything the pages need comes from our own origin, under hashed names that the Python side finds in the manifest.
// No asset is inlined: the content security policy allows files of this origin and nothing else.
export default defineConfig({
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "../src/inroad/web/dashboard/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    rollupOptions: {
      input: { main: "src/main.ts", composer: "src/composer.ts", icon: "src/icon.svg" },
    },
  },
});
