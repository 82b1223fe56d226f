import {existsSync} from "node:fs";
import {constants} from "node:os";

const chromium = "/usr/lib/chromium";
const driver = `${chromium}/vk_swiftshader_icd.json`;
const noDelete = 0x1000; // RTLD_NODELETE of glibc and musl

/**
 * Lets Dawn find SwiftShader, the software Vulkan driver of Debian's Chromium, in this process, where the environment
 * names no other. The environment cannot change where a running process looks for libraries, so the Vulkan loader is
 * opened here and stays open; that it is no module of Node's is the error to expect.
 */
export function offerSwiftShader(): void {
  if (process.platform !== "linux" || !existsSync(driver) || process.env.VK_ICD_FILENAMES) return;
  process.env.VK_ICD_FILENAMES = driver;
  try {
    process.dlopen({exports: {}}, `${chromium}/libvulkan.so.1`, constants.dlopen.RTLD_LAZY | noDelete);
  } catch {
    // Opened all the same, or absent: then the system's is tried.
  }
}
