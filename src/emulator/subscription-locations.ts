// The locations of a subscription, as Azure Resource Manager lists them. It must not say what a location offers.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Json } from "./json.ts";
import type { State } from "./state.ts";

/** Those the world names; without them, those in which something of it stands. */
function locationsOf(state: State): readonly string[] {
  const named = state.document.locations ?? [
    ...state.vaults.map(({ location }) => location),
    ...state.deletedVaults.map(({ location }) => location),
    ...state.backupVaults.map(({ location }) => location),
    ...state.deletedBackupVaults.map(({ location }) => location),
    ...state.privateEndpoints.map(({ location }) => location),
  ];
  return [...new Set(named.map((location) => location.toLowerCase()))].toSorted();
}

/** Documented: Subscriptions - List Locations; a location of Azure's geography is `Physical`, a group of them `Logical`. */
function locationBody(subscription: string, name: string): Json {
  const id = `/subscriptions/${subscription}/locations/${name}`;
  const metadata = { regionType: "Physical", regionCategory: "Recommended" };
  return { id, name, type: "Region", displayName: name, regionalDisplayName: name, metadata };
}

function listLocations(call: Call): Answer {
  const subscription = parameter(call, "subscription");
  return found({ value: locationsOf(call.state).map((name) => locationBody(subscription, name)) });
}

export const subscriptionLocationRoutes: readonly Route[] = [
  { method: "GET", path: "subscriptions/{subscription}/locations", answer: listLocations },
];
