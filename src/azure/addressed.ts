// What the address of a request is made with besides ids: the cloud, and the api-versions of the run. Types only.

import type { ApiVersions } from "../model/api-versions.ts";
import type { Cloud } from "./clouds.ts";

export type Addressed = { readonly cloud: Pick<Cloud, "endpoint">; readonly apiVersions: ApiVersions };
