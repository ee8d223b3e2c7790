// What becomes of backup data, and what keeping it costs: the rules of retention, for every kind that holds backups. Pure.

import type { Billing, Loss } from "../model/loss.ts";
import type { SoftDeleteSetting } from "../model/resource.ts";
import type { PlanningContext } from "./dependency.ts";
import { recoverableUntil } from "./soft-delete.ts";

export const destroyed: Loss = { fate: "destroyed" };

/** Documented (secure by default, 2025-11-10): 14 days cost nothing, and of a longer retention the last 14. */
const freeDays = 14;

const dayMilliseconds = 86_400_000;

/** Deleted by this plan, in a vault that keeps it. `alwaysBilled`: what of it is billed on every day. */
export function softDeletedBy(context: PlanningContext, setting: SoftDeleteSetting, alwaysBilled?: string): Loss {
  const { retentionDays } = setting;
  return {
    fate: "soft-deleted",
    until: recoverableUntil(context, setting),
    billing: billingOf(retentionDays, Math.max(0, retentionDays - freeDays), alwaysBilled),
  };
}

type Deleted = { readonly purgeAt?: string; readonly billingEndsAt?: string };

/** Deleted before this plan; the days are those that are left. Where Azure says when billing ends, that counts. */
export function alreadySoftDeleted(
  { purgeAt, billingEndsAt }: Deleted,
  { now }: Pick<PlanningContext, "now">,
  alwaysBilled?: string,
): Loss {
  const fate = "already-soft-deleted";
  if (purgeAt === undefined) return { fate };
  const left = daysFrom(now, purgeAt);
  const billed = billingEndsAt === undefined ? left - freeDays : daysFrom(now, billingEndsAt);
  return { fate, until: purgeAt, billing: billingOf(left, Math.min(left, Math.max(0, billed)), alwaysBilled) };
}

function billingOf(days: number, billedDays: number, alwaysBilled: string | undefined): Billing {
  return { billedDays, freeDays: days - billedDays, ...(alwaysBilled === undefined ? {} : { alwaysBilled }) };
}

/** Days begun count whole. */
function daysFrom(now: number, time: string): number {
  return Math.max(0, Math.ceil((Date.parse(time) - now) / dayMilliseconds));
}
