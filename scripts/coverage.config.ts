// How many per cent of the lines of the folders with rules must be reached by tests, folder by folder. It does not choose the tests.

import { defineConfig, type ViteUserConfig } from "vitest/config";

const folders: readonly string[] = ["dependencies", "planning", "safety", "execution"];

const config: ViteUserConfig = defineConfig({
  test: {
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: {
      enabled: true,
      provider: "v8",
      // beside the report of changed rules, which must not be cleaned away
      reportsDirectory: "coverage/lines",
      reporter: ["text", "json-summary"],
      include: folders.map((folder) => `src/${folder}/**`),
      thresholds: Object.fromEntries(folders.map((folder) => [`src/${folder}/**`, { lines: 95 }])),
    },
  },
});

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default config;
