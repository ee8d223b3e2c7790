// Hybrid (enhanced) security guards the backups of MARS, DPM and MABS servers. Shown; no kind of this version needs it off.

import { armId } from "../model/arm-id.ts";
import { type Dependency, nothingToProve } from "./dependency.ts";
import { group, text } from "./properties.ts";

export const hybridSecurity: Dependency<"hybrid-security-setting"> = {
  kind: "hybrid-security-setting",
  rule: "documented: security features for hybrid backups; it matters only where such servers are registered",
  list: async (reader) => {
    const [vault, config] = await Promise.all([reader.vault(), reader.vaultConfig()]);
    if (vault === undefined) return [];
    const modern = group(group(vault.properties, "securitySettings") ?? {}, "softDeleteSettings") ?? {};
    const state = text(modern, "enhancedSecurityState") ?? text(config?.properties ?? {}, "enhancedSecurityState");
    return [
      {
        kind: "hybrid-security-setting",
        id: armId(`${vault.id}/securitySettings/hybrid`),
        name: "hybrid security",
        state: state ?? "Unknown",
      },
    ];
  },
  contribute: (setting) => ({ note: `stays ${setting.state}: it guards only servers registered from outside Azure` }),
  prove: nothingToProve,
};
