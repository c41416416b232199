import { describe, expect, it } from 'vitest';
import { chooseProvider } from '../../src/runtime/choose-provider.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { probeProviders, type Surroundings } from '../../src/runtime/probe.js';

function machine(changes: Partial<Surroundings> & { readonly files?: readonly string[] }): Surroundings {
  const { files = [], ...rest } = changes;
  return {
    platform: 'linux',
    environment: {},
    backends: new Set(['cpu', 'webgpu']),
    exists: (path) => files.includes(path),
    list: (folder) =>
      files.filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1)),
    ...rest,
  };
}

const NVIDIA = ['/dev/nvidia0', '/dev/nvidiactl'];

describe('auto', () => {
  it.each<readonly [string, Surroundings, string]>([
    ['a bare Linux machine', machine({}), 'cpu'],
    ['a Linux machine with a GPU', machine({ files: ['/dev/dri/renderD128'] }), 'webgpu'],
    ['an NVIDIA machine without CUDA', machine({ files: NVIDIA }), 'webgpu'],
    [
      'an NVIDIA machine with CUDA',
      machine({ files: NVIDIA, backends: new Set(['cuda', 'webgpu']) }),
      'cuda',
    ],
    ['CUDA installed, but no device', machine({ backends: new Set(['cuda', 'webgpu']) }), 'cpu'],
    ['a Mac', machine({ platform: 'darwin', backends: new Set(['webgpu', 'coreml']) }), 'webgpu'],
    ['Windows', machine({ platform: 'win32', backends: new Set(['dml', 'webgpu']) }), 'webgpu'],
    ['a build with nothing but the processor', machine({ backends: new Set(['cpu']) }), 'cpu'],
  ])('on %s', (_, surroundings, provider) => {
    expect(chooseProvider('auto', probeProviders(surroundings)).provider).toBe(provider);
  });

  it.each(['/usr/lib/chromium/vk_swiftshader_icd.json', '/usr/share/vulkan/icd.d/lvp_icd.x86_64.json'])(
    'never takes the software adapter %s, which works when asked for by name',
    (icd) => {
      const surroundings = machine({
        environment: { VK_ICD_FILENAMES: icd },
        files: ['/dev/dri/renderD128'],
      });
      const availabilities = probeProviders(surroundings);
      expect(chooseProvider('auto', availabilities).provider).toBe('cpu');
      expect(chooseProvider('webgpu', availabilities).provider).toBe('webgpu');
      expect(createRuntime({ provider: 'webgpu' }, availabilities).device).toBe('webgpu, software adapter');
    },
  );

  it('says why it passed the better ones over', () => {
    const { reason } = chooseProvider('auto', probeProviders(machine({})));
    expect(reason).toContain('cuda: the CUDA provider is not installed');
    expect(reason).toContain('webgpu: no GPU device');
    expect(reason).toContain('coreml: this build of ONNX Runtime for linux has no coreml provider');
  });
});

describe('a provider asked for by name', () => {
  it('is refused with the reason when it cannot work, never replaced', () => {
    const availabilities = probeProviders(machine({}));
    expect(() => chooseProvider('webgpu', availabilities)).toThrow(
      '`webgpu` cannot work here: no GPU device',
    );
    expect(() => chooseProvider('dml', availabilities)).toThrow('`dml` cannot work here');
    expect(() => chooseProvider('gpu', availabilities)).toThrow(
      'Unknown provider `gpu`; expected one of auto, cuda',
    );
  });
});

describe('createRuntime', () => {
  it('says honestly what runs: the processor here, with the threads it was given', () => {
    const runtime = createRuntime({ provider: 'cpu', threads: 1 });
    expect(runtime).toMatchObject({
      provider: 'cpu',
      threads: 1,
      reason: 'asked for; the processor is always there',
    });
    expect(runtime.device).toMatch(/, 1 thread$/);
    expect(runtime.version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
