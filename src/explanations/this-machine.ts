// Errors of the network between here and Azure, and of this machine's disk: nobody at Azure has said them. Data.

import type { Explanation } from "./explanation.ts";

const again = "vault-teardown apply --vault <vault> again: it looks before it writes";

export const thisMachine: readonly Explanation[] = [
  {
    codes: ["ENOTFOUND", "EAI_AGAIN"],
    title: "the name of Azure's host could not be looked up",
    meaning: "no network, a name server that does not answer, or a wrong cloud or endpoint. The request was not sent",
    who: "you, or whoever keeps this network",
    todo: ["check the network, the proxy (HTTPS_PROXY) and --cloud", again],
    grade: "documented",
    source: "the system's error names",
  },
  {
    codes: ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"],
    title: "nobody takes connections there",
    meaning: "a firewall or proxy on the way, or an emulator that is not running. The request was not sent",
    who: "you, or whoever keeps this network",
    todo: ["check the network and --endpoint; an emulator is started by vault-teardown emulator", again],
    grade: "documented",
    source: "the system's error names",
  },
  {
    codes: ["ECONNRESET", "EPIPE", "ETIMEDOUT", "ESOCKETTIMEDOUT", "REQUEST_SEND_ERROR"],
    title: "the connection broke, or nothing came back",
    meaning: "whether a write reached Azure nobody can tell from here: it is looked for before it is sent again",
    who: "nobody: it is tried again; then you, or whoever keeps this network",
    todo: [again],
    grade: "documented",
    source: "the system's error names",
  },
  {
    codes: [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
    title: "the certificate of the other side is not trusted here",
    meaning: "mostly a proxy that opens connections to look into them, with a certificate of its own; or a wrong clock",
    who: "whoever keeps this network",
    todo: ["have Node trust the proxy's root: set NODE_EXTRA_CA_CERTS to its file; never turn the check off", again],
    grade: "documented",
    source: "the error names of Node and OpenSSL",
  },
  {
    codes: ["ENOSPC", "EDQUOT", "EFBIG"],
    title: "the disk takes no more",
    meaning:
      "what was done is in the journal as far as it could be written, and what is not there is looked for at Azure",
    who: "you",
    todo: ["free the disk, or name another with --state-dir", again],
    grade: "own",
    source: "the system's error names, as this tool treats them",
  },
  {
    codes: ["EACCES", "EPERM", "EROFS"],
    title: "the file or folder may not be written or read",
    meaning: "the state folder or a named file belongs to somebody else, or the disk is read-only",
    who: "you",
    todo: ["make it writable, or name another with --state-dir", again],
    grade: "own",
    source: "the system's error names, as this tool treats them",
  },
];
