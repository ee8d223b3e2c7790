// Finding what a pasted text is about: codes in every form in which they are shown, and what is said of unknown ones.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue, knownCodes } from "../../src/explanations/catalogue.ts";
import { find } from "../../src/explanations/find.ts";
import { findPhrase } from "../../src/explanations/phrases.ts";
import { longestInput, readableText } from "../../src/explanations/readable-text.ts";

/** The first code of each entry that was found, best first. */
const codesOf = (input: string): readonly (string | undefined)[] =>
  find(input).found.map(({ explanation }) => explanation.codes[0]);

const body = { error: { code: "ScopeLocked", message: "The scope 'x' cannot perform write operation" } };

describe("a code", () => {
  it.each(["ScopeLocked", "scopelocked", " (ScopeLocked) ", '"ScopeLocked":', "ScopeLocked:"])(
    "is found as the whole input: %s",
    (input) => {
      expect(codesOf(input)).toEqual(["ScopeLocked"]);
    },
  );

  it.each([
    ["az", "ERROR: (ScopeLocked) The scope 'x' cannot\nCode: ScopeLocked\nMessage: The scope"],
    ["a body", JSON.stringify(body)],
    ["a body laid out", JSON.stringify(body, null, 2)],
    ["a body in a body", JSON.stringify({ error: { code: "Other1", message: JSON.stringify(body) } })],
    ["a body in a body in a body", JSON.stringify(JSON.stringify(JSON.stringify(body)))],
    ["a body cut off", JSON.stringify(body).slice(0, 40)],
    ["a body in HTML", JSON.stringify(body).replaceAll('"', "&quot;")],
    ["a body with its quotes escaped by number", JSON.stringify(body).replaceAll('"', String.raw`\u0022`)],
    ["details", JSON.stringify({ error: { code: "X1", details: [{ code: "ScopeLocked" }] } })],
    ["inner errors", JSON.stringify({ error: { code: "X1", innererror: { code: "ScopeLocked" } } })],
    ["a failed job", JSON.stringify({ properties: { errorDetails: [{ errorCode: "ScopeLocked" }] } })],
    ["capital members", JSON.stringify({ ErrorCode: "ScopeLocked", Message: { Language: "en", Value: "x" } })],
    ["terraform", 'Error: deleting: unexpected status 409: Code="ScopeLocked" Message="The scope"'],
    ["Go", "RESPONSE 409: 409 Conflict\nERROR CODE: ScopeLocked\n---"],
    ["a log", "2026-11-21T08:00:00Z WARN retry=3 step delete-item-1 failed with ScopeLocked, giving up"],
    ["this tool", "blocked   delete-item-1 vm-1: ScopeLocked: The scope"],
    ["yaml", "error:\n  code: ScopeLocked\n  message: The scope"],
  ])("is found in the form of %s", (_, input) => {
    expect(codesOf(input)).toContain("ScopeLocked");
  });

  it("of Site Recovery is found as a number in its place, and in no other", () => {
    const status = { error: { code: "45031", message: "m", details: null }, status: "Succeeded" };
    expect(codesOf(JSON.stringify(status))).toEqual(["45031"]);
    expect(codesOf('{"errorCode":45031}')).toEqual(["45031"]);
    expect(codesOf("Error ID: 45031")).toEqual(["45031"]);
    expect(codesOf("the port 45031 is taken, 45031 times")).toEqual([]);
  });

  it("that is a word of the language counts only in the place of a code", () => {
    expect(codesOf("locked")).toEqual(["locked"]);
    expect(codesOf("locked: the CanNotDelete lock keep refuses deletions")).toEqual(["locked"]);
    expect(codesOf('{"code":"locked","subject":"/x"}')).toEqual(["locked"]);
    expect(codesOf("my door is locked and the deal failed")).toEqual([]);
  });

  it("that is one word for many failures comes after what is more exact", () => {
    const answer = { error: { code: "NotFound", details: [{ code: "ArmResourceDoesNotExist", message: "m" }] } };
    expect(codesOf(JSON.stringify(answer))).toEqual(["ArmResourceDoesNotExist", "NotFound"]);
  });

  it("that is a status is explained as one", () => {
    expect(codesOf('{"error":{"code":"429","message":"m"}}')).toEqual(["TooManyRequests"]);
    expect(codesOf("Http409")).toEqual(["Conflict"]);
  });

  it("with two meanings is told with both alone, and with the one that fits where there is a text", () => {
    const code = "ServiceResourceNotEmptyWithBackendMessage";
    expect(codesOf(code)).toEqual([code, code]);
    const message = "as there are backup items still present in soft delete state. Visit : vm-7. Please ensure all";
    const titles = find(JSON.stringify({ error: { code, message } })).found.map(({ explanation }) => explanation.title);
    expect(titles).toEqual([expect.stringContaining("old api-version")]);
  });

  it("is told once, however often it stands there, with what it was recognised by", () => {
    const { found } = find(
      `${"ScopeLocked ".repeat(1000)} scope(s) are locked: 'a'. Please remove the lock and try again.`,
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.recognised).toEqual([
      "ScopeLocked",
      "scope(s) are locked: 'a'. Please remove the lock and try again",
    ]);
  });
});

describe("several codes in one text", () => {
  it("are all found, in their order", () => {
    expect(codesOf("first CloudInternalError, then ScopeLocked, then not-a-code")).toEqual([
      "CloudInternalError",
      "ScopeLocked",
    ]);
  });
});

describe("an unknown code", () => {
  it.each([
    ["UserErorOperationDeniedOnImmutableItem", "UserErrorOperationDeniedOnImmutableItem"],
    ["ScopeLoked", "ScopeLocked"],
    ["VaultDeletionNotAllowed", undefined],
    ["ServiceResourceNotEmpty", "ServiceResourceNotEmptyWithBackendMessage"],
    ["4531", "45031"],
  ])("%s is said to be unknown, with the nearest known ones", (code, nearest) => {
    const { found, unknown } = find(code);
    expect(found).toEqual([]);
    expect(unknown.map((one) => one.code)).toEqual([code]);
    if (nearest === undefined) expect(unknown[0]?.nearest).toEqual([]);
    else expect(unknown[0]?.nearest).toContain(nearest);
  });

  it.each([
    ["BMSUserErrorSomethingNew", "management service of Azure Backup"],
    ["UserErrorSomethingNew", "on your side"],
    ["UserErrorDppSomethingNew", "Data Protection"],
    ["CloudSomethingNewError", "inside Azure Backup"],
    ["CloudDosSomethingNew", "limit"],
    ["AADSTS50076", "Entra"],
    ["987654", "Site Recovery"],
    ["Http418", "HTTP status"],
  ])("%s is told by its beginning", (code, family) => {
    expect(find(code).unknown[0]?.family).toContain(family);
  });

  it("in an answer is named beside what is known, and what is no error is not", () => {
    const answer = {
      error: { code: "UserErrorSomethingNew", details: [{ code: "ScopeLocked" }, { code: "Success" }] },
    };
    const { found, unknown } = find(JSON.stringify(answer));
    expect(found).toHaveLength(1);
    expect(unknown.map(({ code }) => code)).toEqual(["UserErrorSomethingNew"]);
  });

  it("is not made of every word of a text", () => {
    expect(
      find("my vault in West Europe cannot be deleted, what now? It says: PowerShell rsv-backup 404").unknown,
    ).toEqual([]);
  });
});

describe("the id of a request", () => {
  const id = "46002cb0-8836-40e9-92dd-23f35a76f3b5";
  it.each([
    `x-ms-correlation-request-id: ${id}`,
    `"CorrelationId":"${id}"`,
    `tracking id '${id}'`,
    `Activity ID: ${id}`,
  ])("is kept, for support: %s", (input) => {
    expect(find(`ScopeLocked ${input}`).correlationId).toBe(id);
  });
});

describe("what is quoted of the input", () => {
  it("holds no secret and no whole page", () => {
    const name = `https://x.example/?sig=${"s".repeat(30)}&${"n".repeat(300)}`;
    const { found } = find(`The virtual machine name '${name}' is unavailable.`);
    expect(found[0]?.explanation.codes).toEqual(["28061"]);
    expect(found[0]?.recognised.join("")).not.toContain("sssss");
    expect(found[0]?.recognised.join("").length).toBeLessThan(200);
  });
});

describe("a text of any length and content", () => {
  const parts = [
    ...catalogue.flatMap(({ phrases = [] }) => phrases.flatMap((phrase) => phrase.split("*"))),
    ...knownCodes,
  ];
  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(...parts),
      fc.constantFrom(
        "\\",
        '"',
        "'",
        "{",
        "}",
        "(",
        "code:",
        '"code":"',
        "error code ",
        "\\u0022",
        "\u202e",
        " ",
        "-",
        "_",
        "\ud800",
      ),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 60 },
  );

  it("is looked at without throwing, and what is found is known, each once", () => {
    fc.assert(
      fc.property(hostile, (pieces) => {
        const { found, unknown } = find(pieces.join(""));
        expect(new Set(found.map(({ explanation }) => explanation)).size).toBe(found.length);
        for (const { recognised } of found) expect(recognised).not.toEqual([]);
        for (const { code } of unknown) expect(knownCodes).not.toContain(code);
      }),
    );
  });

  it.each([
    "\\",
    "a-",
    "A",
    "(",
    "code: ",
    "ScopeLocked ",
    "the virtual machine name '",
    "\\\\u00",
    " ",
    "\n",
    "E",
    "x_",
  ])("is looked at to its bound and no further, whatever it repeats: %j", (piece) => {
    const { isCut } = find(piece.repeat(Math.ceil((4 * longestInput) / piece.length)));
    expect(isCut).toBe(true);
  });

  it("is compared in a form of the same length as what is quoted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (input) => {
        const { text, lower } = readableText(input);
        expect(lower).toHaveLength(text.length);
      }),
    );
  });

  it("has a phrase where its parts follow each other, with names between that are not too long", () => {
    const part = fc.stringMatching(/^[b-m]{3,8}$/);
    const name = fc.stringMatching(/^[n-z ]{0,40}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), name, name, (all, before, between) => {
        const text = `${before}${all.join(between)}${before}`;
        const span = findPhrase(text, all.join("*"));
        expect(span).toBeDefined();
        expect(text.slice(span?.from, span?.to).startsWith(all[0] ?? "")).toBe(true);
        expect(findPhrase(all.join("n".repeat(601)), all.join("*")) === undefined).toBe(all.length > 1);
      }),
    );
  });
});

describe("a text as it lies where it was copied", () => {
  const locked = "cannot perform delete operation because following scope(s) are locked";

  it.each([
    [
      "Terraform's frame",
      "│ The scope 'x' cannot perform delete\n│ operation because following scope(s) are\n│ locked: 'x'.",
    ],
    [
      "PowerShell's frame",
      "Line |\n   2 |  Remove-It\n     | cannot perform delete operation because following\n     | scope(s) are locked",
    ],
    ["a coloured terminal", `\u001B[31m${locked}\u001B[0m`],
    ["an escaped coloured terminal", String.raw`\u001b[31m${locked}\u001b[0m`],
    ["HTML", locked.replaceAll(" ", "&nbsp;")],
  ])("is recognised in %s", (_, input) => {
    expect(codesOf(input)).toEqual(["ScopeLocked"]);
  });

  it("is recognised by its code where a colour touches it", () => {
    expect(codesOf("it ended with \u001B[31;1mScopeLocked\u001B[0m, giving up")).toEqual(["ScopeLocked"]);
  });

  it.each([
    ["HTTP/1.1 429 Too Many Requests\nRetry-After: 17", "TooManyRequests"],
    ["<h1>502 Bad Gateway</h1><hr>proxy", "BadGateway"],
    ["StatusCode: 403, ReasonPhrase: 'Forbidden'", "Forbidden"],
    ["Service request failed.\nStatus: 404 (Not Found)", "NotFound"],
  ])("is recognised by a status where nothing more exact is said: %s", (input, code) => {
    expect(codesOf(input)).toEqual([code]);
    expect(codesOf(`${input} ScopeLocked`)).toEqual(["ScopeLocked"]);
  });

  it("is recognised by its beginning, without the stop", () => {
    const message =
      "Recovery Services vault cannot be deleted as there are backup items in soft deleted state in the vault";
    expect(codesOf(`${message}…`)).toEqual(["BMSUserErrorVaultDeletionNotPermitted"]);
  });
});

describe("what is no error of a vault", () => {
  it.each([
    "the build (failed) yesterday, and the door (locked) was in the way",
    "I read of a (conflict) and (forbidden) things, and (canceled) it",
    "the process ended with exit code: 404",
    "country code: DE, area code: 0301, zip code: 12345",
    "failed to pull image: context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    "the operation failed. Then we saw that one or more errors occurred elsewhere",
    "port 502 on host 404 answered 503 times",
  ])("is not taken for one: %s", (input) => {
    expect(find(input)).toMatchObject({ found: [], unknown: [] });
  });
});
