// The recorded sequences that are replayed: what each shows, and from which exchange to which. It must stay data.

type Chosen = {
  readonly name: string;
  readonly recording: string;
  readonly world: string;
  readonly from: number;
  readonly to: number;
  readonly latencies: { readonly [operation: string]: readonly number[] };
};

/**
 * The seconds are those between the answer that accepted an operation and the polls between which it ended; where a
 * recording polls too seldom to tell, any number that ends it between the same two polls.
 */
export const chosen: readonly Chosen[] = [
  {
    name: "a machine is deleted under a resource guard, and the vault dies under its own operation url",
    recording: "azcli2024__test_backup_rg_mapping",
    world: "recorded-guarded-machine",
    from: 56,
    to: 90,
    latencies: { removeVm: [111], deleteVault: [30], forgetVault: [0] },
  },
  {
    name: "a machine is soft-deleted, undeleted and deleted for good, and the vault after it",
    recording: "azcli2024__test_backup_softdelete",
    world: "recorded-soft-deletion",
    from: 27,
    to: 68,
    latencies: { softDeleteVm: [12], undeleteVm: [12], removeVm: [114], deleteVault: [0.5], forgetVault: [60] },
  },
  {
    name: "file shares are deleted, their storage accounts unregistered, and the vault deleted",
    recording: "azcli2024__test_afs_backup_container",
    world: "recorded-file-shares",
    from: 84,
    to: 127,
    latencies: { deleteFileShare: [21, 20.5], unregisterStorage: [25, 20.5], deleteVault: [50], forgetVault: [60] },
  },
  {
    name: "a deleted vault is brought back and deleted again",
    recording: "azcli2026p__test_vault_soft_delete_basic",
    world: "recorded-deleted-vault",
    from: 3,
    to: 10,
    latencies: { undeleteVault: [66], deleteVault: [1], forgetVault: [60] },
  },
  {
    name: "a machine replicated within Azure is removed, and all that replicated it",
    recording: "azext2024__test_siterecovery_A2A_selfcreated_scenarios",
    world: "recorded-replicated-machine",
    from: 182,
    to: 215,
    latencies: { removeReplicatedItem: [200], removeNetworkMapping: [3], removeReplicationPolicy: [2] },
  },
  {
    name: "a machine of a Hyper-V site is removed, and its mapping, policy and site",
    recording: "azext2024__test_siterecovery_H2A_B2A_selfcreated_scenarios",
    world: "recorded-replicated-site",
    from: 72,
    to: 83,
    latencies: { removeReplicatedItem: [20], beginContainerMapping: [1.5] },
  },
  {
    name: "a VMware machine is removed, and its mapping and policy",
    recording: "azext2024__test_siterecovery_V2A_RCMInMage_scenarios",
    world: "recorded-replicated-vmware",
    from: 195,
    to: 205,
    latencies: { removeReplicatedItem: [63], removeReplicationPolicy: [2] },
  },
  {
    name: "a disk is soft-deleted, protected by another vault, undeleted, and resumed once the other lets it go",
    recording: "azext2024__test_dataprotection_backup_instance_softdelete",
    world: "disk-in-two-vaults",
    from: 0,
    to: 40,
    latencies: {
      deleteBackupInstance: [80, 103],
      validateForBackup: [40],
      configureBackupInstance: [0.5],
      resumeProtection: [44],
    },
  },
];
