// Every way in which recorded clients wrote a reading request is understood as the plain one is.
import { expect, test } from "vitest";

import { clientOf } from "../../scripts/conformance/client.ts";
import { readFacts } from "../../scripts/conformance/facts.ts";
import { reasonNotMet } from "../../scripts/conformance/met.ts";
import type { Names, RequestForm } from "../../scripts/conformance/request-forms.ts";
import { fill, requestFormsOf } from "../../scripts/conformance/request-forms.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";

const world = loadWorld("kitchen-sink");
const [vault] = world.vaults as readonly [(typeof world.vaults)[number]];
const [, , subscription, , group] = vault.id.split("/");
/** What stands at a `{name}` depends on the operation; these are the forms that need none or the fabric's alone. */
const plain = (form: string): string => form.replace("backupFabrics/{name}", "backupFabrics/Azure");

function namesFor(form: string): Names {
  const kind = /\{container (\w+)/u.exec(form)?.[1] ?? "VMAppContainer";
  const container = vault.protectionContainers.find(({ name }) => name.startsWith(`${kind};`))?.name;
  const item = vault.protectedItems.find((entry) => entry.container.toLowerCase() === container?.toLowerCase());
  return {
    subscription,
    group,
    vault: vault.id.split("/").at(-1),
    [`container ${kind}`]: container,
    item: item?.name,
    friendlyName: "vm-app-01",
    itemName: "MSSQLSERVER",
    parentName: "vm-sql-01",
    restorePointQueryType: "Log",
    startDate: "2016-01-01%2001:30:00%20PM",
    endDate: "2030-01-01%2001:30:00%20PM",
    startTime: "2016-01-01%2001:30:00%20PM",
    endTime: "2030-01-01%2001:30:00%20PM",
    token: Buffer.from("next:1").toString("base64url"),
  };
}

const met = readFacts().requestForms.filter(
  ({ operation }) => reasonNotMet({ operation, kind: "", status: 200 }) === undefined,
);
const filled = met.flatMap((request) => {
  const url = fill(plain(request.form), namesFor(request.form));
  return url === undefined ? [] : [{ ...request, url }];
});

/** Letters as documented, one slash, everything in the query escaped. */
function canonical(url: string): string {
  const [path = "", query = ""] = url.split("?");
  const members = [...new URLSearchParams(query)].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const segments = path.split("/").filter((segment) => segment !== "");
  const written = segments.map((segment) => encodeURIComponent(decodeURIComponent(segment))).join("/");
  return `/${written.replace(/^subscriptions/iu, "subscriptions")}?${members.join("&")}`;
}

test("most recorded forms are tried here, in all the spellings there are", () => {
  expect(filled.length).toBeGreaterThan(65);
  const text = filled.map(({ url }) => url).join("\n");
  for (const spelling of [
    "/Subscriptions/",
    "/subscriptions/",
    "%3B",
    "%24filter=",
    "$filter=",
    "+eq+",
    "%20eq%20",
    "%27",
    "'",
    "/?",
  ])
    expect(text).toContain(spelling);
});

test.each(filled)("$url", async ({ url, apiVersion }: RequestForm & { readonly url: string }) => {
  const { send } = clientOf(world, apiVersion, "request forms");
  const version = `${/[?&]$/u.test(url) ? "" : "&"}api-version=${apiVersion}`;
  const answer = await send("GET", `${url}${version}`);
  const expected = await send("GET", `${canonical(url)}&api-version=${apiVersion}`);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(expected.body);
});

test("a form keeps how a request was written and leaves out whose it was", () => {
  const url =
    "https://management.azure.com//Subscriptions/123/resourcegroups/rg/providers/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure/protectionContainers/VMAppContainer%3BCompute%3Brg%3Bvm?$filter=friendlyName%20eq%20'x'+and+status eq 'Registered'&api-version=2024-04-01&t=1&s=2";
  const exchange = { source: "a", seq: 0, method: "GET", url, requestBody: null, status: 200 };
  const [form] = requestFormsOf([{ ...exchange, headers: new Map(), transcribed: false, body: {}, at: undefined }]);
  expect(form?.form).toBe(
    "//Subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}/backupFabrics/{name}/protectionContainers/{container VMAppContainer %3B}?$filter=friendlyName%20eq%20'{friendlyName}'+and+status eq 'Registered'",
  );
});
