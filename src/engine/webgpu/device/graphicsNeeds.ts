/**
 * What a Linux lacks for its graphics card to compute: the loader of Vulkan, a driver file, the card's device, the permission to use it.
 * On macOS and Windows the system brings all of it. What an administrator has to add is said with the names of packages.
 */
import { accessSync, constants, existsSync } from "node:fs";
import { release } from "node:os";
import { basename, join } from "node:path";
import { type Sentence, sentence } from "../../../network/sentence";
import { type Machine, thisMachine } from "../../tensorflow/library/machine";

/** A machine as far as it concerns Vulkan. */
export interface GraphicsMachine extends Pick<Machine, "platform" | "environment" | "run" | "filesIn"> {
  /** As `uname -r` says it: that of WSL names Microsoft. */
  readonly kernel: string;
  exists(file: string): boolean;
  /** Whether this user may read and write a file. */
  mayUse(file: string): boolean;
}

/** Everything that is missing, in the order in which it has to be added; empty where nothing is, or the system is no Linux. */
export async function graphicsNeeds(machine: GraphicsMachine): Promise<readonly Sentence[]> {
  if (machine.platform !== "linux") return [];
  const found = [await loaderNeed(machine), driverNeed(machine), deviceNeed(machine)];
  return found.flatMap((need) => need ?? []);
}

async function loaderNeed(machine: GraphicsMachine): Promise<Sentence | null> {
  const named = (machine.environment.LD_LIBRARY_PATH ?? "")
    .split(":")
    .flatMap((folder) => machine.filesIn(folder));
  const listed = (await machine.run("ldconfig", ["-p"])) ?? (await machine.run("/sbin/ldconfig", ["-p"]));
  if (named.includes("libvulkan.so.1") || listed?.includes("libvulkan.so.1")) return null;
  return sentence`The loader of Vulkan (libvulkan.so.1) is missing. An administrator adds it: \`apt install libvulkan1\` (Debian, Ubuntu) or \`dnf install vulkan-loader\` (Fedora, Red Hat).`;
}

/** Where the loader looks for the files that name the drivers (ICD), unless a variable names them. */
function driverFiles({ environment, filesIn, exists }: GraphicsMachine): {
  files: string[];
  absent: string[];
} {
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (named !== undefined) {
    const files = named.split(":").filter((file) => file !== "");
    return { files: files.filter(exists), absent: files.filter((file) => !exists(file)) };
  }
  const { HOME = "", XDG_DATA_HOME, XDG_DATA_DIRS = "/usr/local/share:/usr/share" } = environment;
  const data = [
    XDG_DATA_HOME ?? join(HOME, ".local/share"),
    ...XDG_DATA_DIRS.split(":"),
    "/usr/share",
    "/etc",
  ];
  const folders = new Set(data.map((folder) => `${folder}/vulkan/icd.d`));
  const files = [...folders].flatMap((folder) => filesIn(folder).map((name) => `${folder}/${name}`));
  return { files: files.filter((file) => file.endsWith(".json")), absent: [] };
}

/** Mesa's driver on the processor, and those for screens within virtual machines. */
const WITHOUT_CARD = /^(lvp|virtio|gfxstream)_icd/;

function driverNeed(machine: GraphicsMachine): Sentence | null {
  const { files, absent } = driverFiles(machine);
  const ofCards = files.filter((file) => !WITHOUT_CARD.test(basename(file)));
  if (absent.length > 0 && ofCards.length === 0) {
    return sentence`VK_DRIVER_FILES (or VK_ICD_FILENAMES) names ${absent.join(", ")}, which is not there: correct it, or unset it.`;
  }
  if (hasNvidia(machine)) {
    return ofCards.some((file) => /nvidia/i.test(basename(file))) ? null : nvidiaNeed(machine);
  }
  if (ofCards.length > 0) return null;
  if (isWsl(machine)) {
    return sentence`Within WSL there is no Vulkan driver for the card. Use Gyrus on Windows itself, or the engine onnx here.`;
  }
  return sentence`There is no Vulkan driver for a card (no file in /usr/share/vulkan/icd.d or /etc/vulkan/icd.d). For a card of AMD or Intel an administrator adds it: \`apt install mesa-vulkan-drivers\` or \`dnf install mesa-vulkan-drivers\`; NVIDIA's comes with its driver.`;
}

const hasNvidia = ({ filesIn }: GraphicsMachine) => filesIn("/dev").some((name) => /^nvidia\d+$/.test(name));
const isWsl = ({ kernel }: GraphicsMachine) => /microsoft/i.test(kernel);

function nvidiaNeed(machine: GraphicsMachine): Sentence {
  const { environment } = machine;
  const capabilities = environment.NVIDIA_DRIVER_CAPABILITIES;
  if (capabilities !== undefined && !/\b(all|graphics)\b/.test(capabilities)) {
    return sentence`This container sees the NVIDIA card for CUDA alone (NVIDIA_DRIVER_CAPABILITIES=${capabilities}). Start it with NVIDIA_DRIVER_CAPABILITIES=all, or with \`graphics\` in the list.`;
  }
  if (isContainer(machine)) {
    return sentence`This container has the NVIDIA card, but no nvidia_icd.json, which names its Vulkan driver. Start it with NVIDIA_DRIVER_CAPABILITIES=all (Docker, Podman), or bind /usr/share/vulkan/icd.d of the machine into it (Apptainer: \`--nv --bind /usr/share/vulkan/icd.d\`).`;
  }
  return sentence`The NVIDIA driver stands here without its graphics part (no nvidia_icd.json), as on compute nodes. An administrator adds it in the version of the driver: \`libnvidia-gl-VERSION\` (Ubuntu), \`nvidia-vulkan-icd\` (Debian), or NVIDIA's installer without \`--no-opengl-files\`.`;
}

function isContainer({ environment, exists }: GraphicsMachine): boolean {
  const { APPTAINER_CONTAINER, SINGULARITY_CONTAINER, container } = environment;
  const named = [APPTAINER_CONTAINER, SINGULARITY_CONTAINER, container].some((value) => value !== undefined);
  return named || exists("/.dockerenv") || exists("/run/.containerenv");
}

function deviceNeed(machine: GraphicsMachine): Sentence | null {
  const { filesIn, mayUse } = machine;
  const named = (folder: string, pattern: RegExp) =>
    filesIn(folder)
      .filter((name) => pattern.test(name))
      .map((name) => `${folder}/${name}`);
  // NVIDIA's own driver goes by its own devices; all others by the render devices.
  const devices = hasNvidia(machine) ? named("/dev", /^nvidia(\d+|ctl)$/) : named("/dev/dri", /^renderD\d+$/);
  const [first] = devices;
  if (first === undefined) {
    if (isWsl(machine)) return null;
    return isContainer(machine)
      ? sentence`No graphics card is passed into this container (neither /dev/dri nor /dev/nvidia0). Start it with \`--device /dev/dri\`, or \`--gpus all\` for NVIDIA.`
      : sentence`The system shows no graphics card (neither /dev/dri/renderD128 nor /dev/nvidia0): there is none, or its driver is not installed.`;
  }
  const barred = devices.filter((device) => !mayUse(device));
  if (barred.length === 0) return null;
  return sentence`You may not use ${barred.join(", ")}. An administrator adds you to its group: \`usermod -aG render,video USER\`; then log in again. Within a job of a cluster: ask the scheduler for a card.`;
}

/** The machine that this process runs on. */
export const thisGraphicsMachine: GraphicsMachine = {
  platform: thisMachine.platform,
  environment: thisMachine.environment,
  run: thisMachine.run,
  filesIn: thisMachine.filesIn,
  kernel: release(),
  exists: existsSync,
  mayUse(file) {
    try {
      accessSync(file, constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
};
