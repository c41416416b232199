import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A Vulkan driver in software, with which WebGPU is tested without a GPU; any other can be named by the environment. */
export const VULKAN_DRIVER = process.env['VK_ICD_FILENAMES'] ?? '/usr/lib/chromium/vk_swiftshader_icd.json';
/** The Vulkan loader that finds the driver. */
const LOADER = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/libvulkan.so.1`;
const missing = [VULKAN_DRIVER, LOADER].filter((file) => !existsSync(file));

/** Why WebGPU cannot be tested here, as the end of a title; empty where it can. */
export const WHY_NO_WEBGPU =
  missing.length === 0
    ? ''
    : `: skipped, ${missing.join(' and ')} (Debian packages chromium, libvulkan1) not installed`;

/** Lets this process's WebGPU find the driver. */
export function useVulkanDriver(): void {
  process.env['VK_ICD_FILENAMES'] = VULKAN_DRIVER;
  process.env['XDG_RUNTIME_DIR'] ??= tmpdir();
}
