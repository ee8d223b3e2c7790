// Every write this tool can send, as data: the plan names it, the journal intends it, the writer sends it.

import type { ArmId } from "./arm-id.ts";

export type WriteRequest =
  | { readonly write: "delete-protected-item"; readonly item: ArmId }
  | {
      readonly write: "undelete-protected-item";
      readonly item: ArmId;
      readonly itemType: string;
      readonly sourceId?: ArmId;
    }
  | { readonly write: "unregister-container"; readonly container: ArmId }
  | { readonly write: "delete-protection-intent"; readonly intent: ArmId }
  | {
      readonly write: "set-soft-delete";
      readonly vault: ArmId;
      readonly softDeleteState: string;
      /** Sent along unchanged: the service refuses one field without the other. */
      readonly hybridState: string;
      readonly retentionDays: number;
    }
  | { readonly write: "set-immutability"; readonly vault: ArmId; readonly state: string }
  | { readonly write: "delete-private-endpoint-connection"; readonly connection: ArmId }
  | { readonly write: "delete-private-endpoint"; readonly endpoint: ArmId }
  | { readonly write: "delete-vault"; readonly vault: ArmId };
