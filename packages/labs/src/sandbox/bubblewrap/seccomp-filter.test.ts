import { afterAll, describe, expect, it } from 'vitest';
import { findSandbox } from '../available-sandboxes.ts';
import { seccompFilter } from './seccomp-filter.ts';

const [ALLOW, KILL, REFUSE] = [0x7fff0000, 0x80000000, 0x00050001];
const ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** What the kernel would do with a call: the classic BPF program, run by hand. */
function run(filter: Buffer, { number, arch }: { number: number; arch: number }): number {
  let held = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const [code, ifTrue, ifFalse, k] = [
      filter.readUInt16LE(at * 8),
      filter.readUInt8(at * 8 + 2),
      filter.readUInt8(at * 8 + 3),
      filter.readUInt32LE(at * 8 + 4),
    ];
    if (code === 0x20) held = k === 0 ? number : arch;
    else if (code === 0x15) at += held === k ? ifTrue : ifFalse;
    else if (code === 0x35) at += held >= k ? ifTrue : ifFalse;
    else if (code === 0x06) return k;
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error('ran off its end');
}

describe('the filter of system calls', () => {
  it.each([
    ['x64', { read: 0, write: 1, mmap: 9, exit: 60, futex: 202, openat: 257, getrandom: 318 }],
    ['arm64', { openat: 56, read: 63, write: 64, exit: 93, futex: 98, mmap: 222, getrandom: 278 }],
  ] as const)('lets through on %s what an interpreter needs', (name, numbers) => {
    const filter = seccompFilter(name)!;
    for (const number of Object.values(numbers))
      expect(run(filter, { number, arch: ARCH[name] })).toBe(ALLOW);
  });

  it.each([
    [
      'x64',
      {
        shmget: 29,
        socket: 41,
        clone: 56,
        vfork: 58,
        ptrace: 101,
        unshare: 272,
        memfd: 319,
        bpf: 321,
        uring: 425,
        clone3: 435,
      },
    ],
    [
      'arm64',
      {
        unshare: 97,
        ptrace: 117,
        shmget: 194,
        socket: 198,
        clone: 220,
        memfd: 279,
        bpf: 280,
        uring: 425,
        clone3: 435,
      },
    ],
  ] as const)('refuses on %s what reaches around the walls', (name, numbers) => {
    const filter = seccompFilter(name)!;
    for (const number of Object.values(numbers))
      expect(run(filter, { number, arch: ARCH[name] })).toBe(REFUSE);
  });

  it('refuses the same calls by their x32 numbers', () => {
    const filter = seccompFilter('x64')!;
    for (const number of [29, 41, 1])
      expect(run(filter, { number: 0x40000000 + number, arch: ARCH.x64 })).toBe(REFUSE);
  });

  it('ends a program that calls by the numbers of another architecture', () => {
    expect(run(seccompFilter('x64')!, { number: 1, arch: 0x40000003 })).toBe(KILL);
    expect(run(seccompFilter('arm64')!, { number: 1, arch: ARCH.x64 })).toBe(KILL);
  });

  it('is none where the numbers are not known', () => {
    expect(seccompFilter('riscv64')).toBeUndefined();
  });
});

const bubblewrap = await findSandbox('py', { name: 'bubblewrap', ready: 0 });
afterAll(() => bubblewrap?.close());

const SOURCE = `
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def told(result):
    return "done" if result != -1 else os.strerror(ctypes.get_errno())
def attempt(name):
    if name == "shared memory": return told(libc.shmget(0, 1 << 20, 0o1700))
    if name == "queue": return told(libc.msgget(0, 0o1600))
    if name == "semaphores": return told(libc.semget(0, 4, 0o1600))
    try:
        if name == "anonymous file": os.memfd_create("x")
        if name == "socket": socket.socket(socket.AF_UNIX)
        if name == "fork": os.fork()
        return "done"
    except OSError as error:
        return error.strerror
`;

describe.runIf(bubblewrap && seccompFilter())('under bubblewrap', () => {
  it.each(['shared memory', 'queue', 'semaphores', 'anonymous file', 'socket', 'fork'])(
    'the kernel refuses: %s',
    async (name) => {
      const session = await bubblewrap!.open(
        { language: 'py', entry: 'solution.py', files: { 'solution.py': SOURCE } },
        { wallMs: 20_000, memoryMb: 64, outputKb: 4 },
      );
      try {
        expect(await session.begin()).toMatchObject({ kind: 'value' });
        expect(await session.step({ do: 'call', name: 'attempt', args: [name] })).toEqual({
          kind: 'value',
          value: 'Operation not permitted',
        });
      } finally {
        await session.close();
      }
    },
    60_000,
  );
});
