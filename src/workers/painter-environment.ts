type Environment = Readonly<Record<string, string | undefined>>;

/** What a painter needs of its surroundings: where programs, drivers and temporary files are. Nothing else is passed. */
const PASSED = [
  /^PATH$/i,
  /^(HOME|USERPROFILE|TMPDIR|TEMP|TMP|LANG|TZ)$/i,
  /^LC_/,
  /^(SystemRoot|windir|ComSpec|PATHEXT)$/i,
  /^(XDG_RUNTIME_DIR|XDG_CACHE_HOME|DISPLAY|WAYLAND_DISPLAY)$/,
  /^(LD_LIBRARY_PATH|DYLD_LIBRARY_PATH)$/,
  /^(VK|VULKAN|MESA|CUDA|NVIDIA|NV|ORT|OMP)_/,
];

/** The environment for a painter process: no token, no address of a database, whatever they are called. */
export function painterEnvironment(environment: Environment): Record<string, string> {
  const passed = Object.entries(environment).filter(([name]) => PASSED.some((rule) => rule.test(name)));
  return Object.fromEntries(passed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
