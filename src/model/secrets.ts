// What must be cut out of a message before anybody stores or sees it: services repeat in errors what they were sent. Names
// are no secrets.

const removed = "[removed]";

/** Where a value ends, quoted or not. */
const value = String.raw`(?:"[^"]*"|'[^']*'|[^\s"'&;,<>)}\]]+)`;

const names = [
  "sig",
  "signature",
  "account[-_]?key",
  "shared[-_]?access[-_]?(?:key|signature)",
  "(?:access|refresh|id|sas|bearer)[-_]?token",
  "client[-_]?(?:secret|assertion)",
  "secret",
  "password",
  "pwd",
  "passphrase",
  "api[-_]?key",
  "connection[-_]?string",
].join("|");

const cuts: readonly (readonly [RegExp, string])[] = [
  // A name and password before a host.
  [/(?<=:\/\/)[^\s/@"'<>]+@/g, `${removed}@`],
  // Everything a query holds but the api-version and the number of a documentation link: since 2024 operations' addresses
  // carry a certificate and a signature under single letters (recorded: t, c, s, h).
  [/\?(?=[\w.$%-]+=)(?!(?:api-version|linkid)=[\w.-]*(?![\w.&=-]))[^\s"'<>]+/gi, `?${removed}`],
  [/\b(SharedAccessSignature)\s+\S+/gi, `$1 ${removed}`],
  // Words of a sentence have letters alone.
  [/\b(Bearer|Basic)\s+(?=[a-z]*[^a-z\s"'])[^\s"',]{8,}/gi, `$1 ${removed}`],
  // Tokens begin so: it is `{"` in base64.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/g, removed],
  [new RegExp(String.raw`((?:^|[^a-z])(?:${names})["']?\s*[=:]\s*)${value}`, "gi"), `$1${removed}`],
];

/** The text without tokens, keys, passwords and signatures, as far as they can be told by what stands around them. */
export function withoutSecrets(text: string): string {
  return cuts.reduce((left, [secret, instead]) => left.replaceAll(secret, instead), text);
}
