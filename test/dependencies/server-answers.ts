// Answers of Azure about servers outside Azure and their items, cut down to the members that decide. Each names its recording.

import type { ArmResource } from "../../src/model/ports.ts";
import { answer, inFabric, vaultPath } from "./arm-answers.ts";

type Properties = Readonly<Record<string, unknown>>;

/** ps2016p__TestMabUnregisterContainer, seq 1: under another fabric than everything else. */
export function marsServerAnswer(name: string, registrationStatus = "Registered"): ArmResource {
  const id = inFabric(`protectionContainers/Windows;${name}.corp`).replace("/Azure/", "/ActiveDirectory/");
  return answer(id, {
    canReRegister: true,
    containerId: 636944,
    protectedItemCount: 0,
    friendlyName: `${name}.CORP`.toUpperCase(),
    backupManagementType: "MAB",
    registrationStatus,
    containerType: "Windows",
    protectableObjectType: "MABWindowsContainer",
  });
}

/** net2016__…BackupEngineTest__ListDPMBakcupEngineTest, seq 0. */
export function engineAnswer(name: string, properties: Properties = {}): ArmResource {
  return answer(`${vaultPath}/backupEngines/${name}.CORP`, {
    friendlyName: `${name}.CORP`,
    backupManagementType: "DPM",
    registrationStatus: "Registered",
    healthStatus: "Healthy",
    backupEngineType: "DpmBackupEngine",
    canReRegister: true,
    backupEngineId: "236345",
    ...properties,
  });
}

/** The members of the service's own models; no recording has one. */
export function marsItemAnswer(server: string, name: string, properties: Properties = {}): ArmResource {
  return answer(inFabric(`protectionContainers/Windows;${server}.corp/protectedItems/FileFolder;${name}`), {
    friendlyName: name,
    computerName: `${server}.corp`.toUpperCase(),
    protectionState: "Protected",
    protectedItemType: "MabFileFolderProtectedItem",
    backupManagementType: "MAB",
    workloadType: "FileFolder",
    ...properties,
  });
}

/** The members of the service's own models; no recording has one. */
export function dpmItemAnswer(engine: string | undefined, name: string, properties: Properties = {}): ArmResource {
  return answer(inFabric(`protectionContainers/DPMContainer;x/protectedItems/SQLDB;${name}`), {
    friendlyName: name,
    ...(engine === undefined ? {} : { backupEngineName: engine }),
    protectionState: "Protected",
    protectedItemType: "DPMProtectedItem",
    backupManagementType: "DPM",
    workloadType: "SQLDB",
    ...properties,
  });
}
