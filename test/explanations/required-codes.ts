// Every code and text that must be explained, with where it was met. Texts have other names in them than the sources have.

/** Refusals to delete or change a vault, and what surrounds them: rules of the domain. */
const ofVaults: readonly string[] = [
  "ServiceResourceNotEmptyWithContainerDetails",
  "ServiceResourceNotEmptyWithBackendMessage",
  "BMSUserErrorVaultDeletionNotAllowed",
  "BMSUserErrorVaultDeletionNotPermitted",
  "BMSUserErrorVaultDeletionForbidden",
  "BMSUserErrorContainerHasDatasources",
  "BMSUserErrorNodePartOfActiveAG",
  "BMSUserErrorPolicyObjectInUse",
  "BMSUserErrorConflictingProtectionOperation",
  "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
  "BMSUserErrorSoftDeleteStateNotSetToAlwaysON",
  "BMSUserErrorSoftDeleteUseVaultApi",
  "BMSUserErrorRedundancySettingsUseVaultApi",
  "RSVaultUpdateErrorConflictingOperationInProgress",
  "UserErrorDeleteBackupItemOnImmutableItem",
  "UserErrorOperationDeniedOnImmutableItem",
  "UserErrorDeletedVaultUndeleteConflictingVaultPresent",
  "NoRegisteredProviderFound",
  "ResourceGroupBeingDeleted",
  "ScopeLocked",
  "FabricArmEntityMissing",
  "BMSUserErrorContainerNameIncorrectFormat",
  "BMSUserErrorProtectedItemNameIncorrectFormat",
  "UserErrorSoftDeleteStateChangeNotAllowed",
  "UserErrorPolicyAssociatedWithSoftDeletedItems",
  "UserErrorBackupVaultResourceMoveInProgress",
  "81001",
  "810001",
  "810002",
  "130001",
];

/** Answers in recordings, their table and the prose around it. */
const recorded: readonly string[] = [
  "45031",
  "28061",
  "28175",
  "310024",
  "DppPluginInvalidInputParameters",
  "UserErrorInvalidRestorableTimeRange",
  "UserErrorDppDatasourceAlreadyHasBackupInstance",
  "UserErrorDisableSoftDeleteNotAllowed",
  "UserErrorUnsupportedVaultImmutabilityStateChange",
  "UserErrorCrossRegionRestoreStateChangeNotAllowed",
  "ServiceResourceNotEmptyWithBackendMessage",
  "CloudDosAbsoluteLimitReached",
  "LinkedAuthorizationFailed",
  "NotFound",
  "ArmResourceDoesNotExist",
  "UserErrorGenericResourceNotFound",
  "ResourceNotFound",
  "MissingSubscriptionRegistration",
  "FailedIdentityOperation",
  "ResourceRequestsThrottled",
  "RestApiInternalError",
  "InternalServerError",
  "CloudInternalError",
  "CloudStorageUnexpectedError",
  "InternalResourceIdentityError",
  "InvalidGatewayHost",
  "ServerTimeout",
  "GatewayTimeout",
  "UserErrorDeletedVaultUndeleteConflictingVaultPresent",
];

/** Users' pains that quote a code. */
const ofPains: readonly string[] = [
  "ServiceResourceNotEmptyWithBackendMessage",
  "BMSUserErrorSoftDeleteStateAlwaysOn",
  "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
  "BMSUserErrorSoftDeleteStateNotSetToAlwaysON",
  "BMSUserErrorSoftDeleteUseVaultApi",
  "ServiceResourceNotEmptyWithContainerDetails",
  "ScopeLocked",
  "BMSUserErrorContainerHasDatasources",
  "BMSUserErrorNodePartOfActiveAG",
  "UserErrorOperationDeniedOnImmutableItem",
  "BMSUserErrorObjectLocked",
  "BMSUserErrorConflictingProtectionOperation",
  "RSVaultUpdateErrorConflictingOperationInProgress",
  "CloudInternalError",
  "ResourceNotYetSynced",
  "ResourceRequestsThrottled",
  "CloudDosTimeboudLimitReached",
  "429",
  "204",
];

/** What this tool passes on from the system below it, and its words for what has no code. */
const ofSystem: readonly string[] = [
  "Http400 Http401 Http403 Http404 Http408 Http409 Http429 Http500 Http502 Http503 Http504",
  "ENOTFOUND EAI_AGAIN ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ESOCKETTIMEDOUT REQUEST_SEND_ERROR",
  "SELF_SIGNED_CERT_IN_CHAIN CERT_HAS_EXPIRED ENOSPC EDQUOT EFBIG EACCES EPERM EROFS",
  "Failed Canceled Cancelled",
].flatMap((codes) => codes.split(" "));

export const requiredCodes: readonly (readonly [string, string])[] = [
  ...ofVaults.map((code) => ["rules of the domain", code] as const),
  ...recorded.map((code) => ["recordings", code] as const),
  ...ofPains.map((code) => ["users' pains", code] as const),
  ...ofSystem.map((code) => ["the system", code] as const),
];

/** Messages without their code, each with the code of the entry that must come first, or its title where it has none. */
export const requiredTexts: readonly (readonly [string, string])[] = [
  [
    "ServiceResourceNotEmptyWithBackendMessage",
    "Recovery Services vault cannot be deleted as there are backup items in soft deleted state in the vault. The soft deleted items are permanently deleted after 14 days of delete operation. Please try vault deletion after the backup items are permanently deleted and there is no item in soft deleted state left in the vault.For more information, refer https://aka.ms/SoftDeleteCloudWorkloads. The registered items are : vm-red,vm-green\nPlease ensure all containers have been unregistered from the vault and all private endpoints associated with the vault have been deleted, and retry operation.",
  ],
  [
    "ServiceResourceNotEmptyWithBackendMessage",
    "Recovery Services vault cannot be deleted as there are backup items still present in soft delete state. Visit the following link for the steps to permanently delete soft deleted items: https://aka.ms/undeletesoftdeleteditems.  : vm-red. Please ensure all containers have been unregistered from the vault and all private endpoints associated with the vault have been deleted, and retry operation.",
  ],
  [
    "ServiceResourceNotEmptyWithBackendMessage",
    "Vault cannot be deleted as there are existing resources within the vault. : srv-red\nPlease ensure all containers have been unregistered from the vault and all private endpoints associated with the vault have been deleted, and retry operation. For more details, see https://aka.ms/AB-AA4ecq5",
  ],
  [
    "ServiceResourceNotEmptyWithContainerDetails",
    "Vault cannot be deleted as there are existing resources within the vault. : SRV1.EXAMPLE.ORG\nUnregister all containers from the vault and then retry to delete vault. For instructions, see https://aka.ms/AB-AA4ecq5",
  ],
  [
    "ServiceResourceNotEmptyWithContainerDetails",
    "Vault cannot be deleted as there are existing resources within the vault. Please ensure there are no \n       backup items, protected servers or backup management servers associated with this vault. Unregister \n   the following containers associated with this vault before proceeding for deletion : vm-red",
  ],
  ["BMSUserErrorVaultDeletionNotAllowed", "Vault cannot be deleted as there are existing resources within the vault."],
  [
    "BMSUserErrorVaultDeletionNotPermitted",
    "Recovery Services vault cannot be deleted as there are backup items in soft deleted state in the vault.",
  ],
  [
    "BMSUserErrorVaultDeletionForbidden",
    "Vault cannot be deleted as there are existing resources including backup items in soft deleted state within the vault.",
  ],
  [
    "the old wording for a vault that is not empty",
    "Please ensure that there are no backup items, protected servers, or backup management servers",
  ],
  [
    "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
    "Disabling soft delete or enhanced security state is not allowed for this vault. Please contact Microsoft Support if this is not expected.",
  ],
  [
    "BMSUserErrorSoftDeleteStateNotSetToAlwaysON",
    "Soft delete state and enhanced security state must be set to AlwaysON for this API version",
  ],
  [
    "BMSUserErrorSoftDeleteUseVaultApi",
    "Redundancy settings cannot be modified using this API. Since the Vault API was previously used to set them, use it.",
  ],
  [
    "UserErrorOperationDeniedOnImmutableItem",
    "The Vault and Bakcup Item is in Immutable state where destructive operations are not supported. See https://aka.ms/AB-ImmutableVaults-States",
  ],
  [
    "BMSUserErrorServerHasBackupItems",
    "There are backup items associated with the server. Stop protection and delete backups for each of the backup items to delete the server's registration. See https://aka.ms/DeleteBackupItems",
  ],
  [
    "ScopeLocked",
    "The scope '/subscriptions/s/resourceGroups/rg-red' cannot perform delete operation because following scope(s) are locked: '/subscriptions/s/resourceGroups/rg-red/providers/Microsoft.Storage/storageAccounts/red'. Please remove the lock and try again.",
  ],
  [
    "az looked for a container by a name it cut out itself",
    "Attemping to force delete vault: v\nContainer not found. Please provide a valid container_name.\nTraceback",
  ],
  ["PowerShell hides what Azure said", "Operation failed.\n   ClientRequestId: 1-2-P\n   One or more errors occurred."],
  [
    "two versions of PowerShell modules disagree",
    "Could not load file or assembly 'Microsoft.Azure.PowerShell.Authentication, Version=1.2.3'",
  ],
  [
    "a script takes the access token for text, and it is a SecureString now",
    "Get-AzAccessToken: the default output type is changed from String to SecureString",
  ],
  ["the tool stopped waiting, Azure may go on", "polling after DeleteThenPoll: context deadline exceeded"],
  ["45031", "Protection has already been enabled for the virtual machine."],
  ["28061", "The virtual machine name 'vm-red' is unavailable."],
  ["28175", "The VM name 'vm-red' was modified to 'vm-red-1' to avoid name conflicts."],
  ["310024", "The name provided for the virtual machine 'vm-red' is unavailable."],
  ["DppPluginInvalidInputParameters", "Invalid inputs from caller."],
  ["UserErrorInvalidRestorableTimeRange", "The given time range is invalid"],
  [
    "UserErrorDppDatasourceAlreadyHasBackupInstance",
    "Datasource is already associated with the backup instance disk-red in the Backup vault /subscriptions/s with the protection status as ConfiguringProtection.",
  ],
  ["UserErrorDisableSoftDeleteNotAllowed", "Cannot disable soft delete once set to AlwaysOn"],
  [
    "UserErrorUnsupportedVaultImmutabilityStateChange",
    "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.",
  ],
  [
    "UserErrorCrossRegionRestoreStateChangeNotAllowed",
    "CrossRegionRestore state cannot be changed from Enabled to Disabled.",
  ],
  [
    "CloudDosAbsoluteLimitReached",
    "Operation is blocked as you have reached the limit on number of operations permitted in 24 hours. Contact Microsoft support or retry after 24 hours.",
  ],
  [
    "CloudDosTimeboudLimitReached",
    "The operation is blocked, as a security precaution, since multiple attempts were made beyond an internal limit.",
  ],
  [
    "LinkedAuthorizationFailed",
    "The client has permission to perform action 'a/read' on scope '/s', however the current tenant 't' is not authorized to access linked subscription 's'.",
  ],
  ["ArmResourceDoesNotExist", "Specified resource with name 'item-red' does not exist."],
  [
    "UserErrorGenericResourceNotFound",
    "Azure resource does not exist. Please make sure required resources exist. If the issue persists, contact Microsoft support.",
  ],
  ["320001", "Could not perform the operation as VM no longer exists. Stop protecting virtual machine"],
  ["ResourceNotFound", "The Resource 'Microsoft.RecoveryServices/vaults/v' under resource group 'rg' was not found."],
  [
    "MissingSubscriptionRegistration",
    "The subscription is not registered to use namespace 'Microsoft.RecoveryServices'.",
  ],
  [
    "FailedIdentityOperation",
    "Identity operation for resource '/subscriptions/s' failed with error 'Failed to perform resource identity operation. Status: '429'.",
  ],
  [
    "ResourceRequestsThrottled",
    "Number of requests for action 'a/read' exceeded the limit of '9' for time interval '01:00:00'. Please try again after '3' seconds.",
  ],
  ["RestApiInternalError", "The REST API call encountered an internal error. Wait for a few minutes"],
  ["InternalServerError", "Encountered internal server error. Diagnostic information: timestamp '1'"],
  ["CloudInternalError", "Microsoft Azure Backup encountered an internal error."],
  ["InternalResourceIdentityError", "There was a problem communicating with the identity service. Diagnostic"],
  ["InvalidGatewayHost", "Host name resolution failed for 'Microsoft.Other'; cannot fulfill the request."],
  ["ServerTimeout", "The request timed out. Diagnostic information: timestamp '1'"],
  ["GatewayTimeout", "The gateway did not receive a response from 'Microsoft.Other' within the specified time period."],
  ["FabricArmEntityMissing", "Fabric with name fab-red could not be located."],
  [
    "UserErrorBackupVaultNotEmpty",
    "Cannot delete the Backup vault as there are existing backup instances or backup policies in the vault. Delete all",
  ],
  ["items or mappings still use the protection container", "Protection containers can't be deleted after failback"],
];
