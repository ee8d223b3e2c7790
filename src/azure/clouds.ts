// The Azure clouds this tool talks to: endpoints, token scopes and authorities. Data from the Azure SDK's own constants.

export type CloudName = "public" | "usgov" | "china";

export type Cloud = {
  readonly name: CloudName;
  /** Origin of Azure Resource Manager, without a trailing slash. */
  readonly endpoint: string;
  readonly scope: string;
  readonly authorityHost: string;
};

export const clouds: { readonly [N in CloudName]: Cloud } = {
  public: {
    name: "public",
    endpoint: "https://management.azure.com",
    scope: "https://management.azure.com/.default",
    authorityHost: "https://login.microsoftonline.com",
  },
  usgov: {
    name: "usgov",
    endpoint: "https://management.usgovcloudapi.net",
    scope: "https://management.usgovcloudapi.net/.default",
    authorityHost: "https://login.microsoftonline.us",
  },
  china: {
    name: "china",
    endpoint: "https://management.chinacloudapi.cn",
    scope: "https://management.chinacloudapi.cn/.default",
    authorityHost: "https://login.chinacloudapi.cn",
  },
};
