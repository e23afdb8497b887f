/**
 * System calls that no submission needs and that reach around the other walls: memory that no limit counts (System V
 * segments and queues, anonymous files), sockets of any family, new processes and threads, namespaces and mounts, other
 * processes' memory, and the newer parts of the kernel that most of its weaknesses were found in. They fail with EPERM.
 */
const REFUSED = [
  'shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl mq_open memfd_create memfd_secret',
  'socket clone clone3 fork vfork execveat',
  'unshare setns mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr',
  'ptrace process_vm_readv process_vm_writev kcmp pidfd_open pidfd_getfd',
  'keyctl add_key request_key bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register',
  'personality name_to_handle_at open_by_handle_at fanotify_init mbind set_mempolicy migrate_pages move_pages vmsplice',
]
  .join(' ')
  .split(' ');

/** Numbers from Linux's `unistd_64.h` (x86-64) and the generic table (arm64). A call that is missing does not exist there. */
// prettier-ignore
const NUMBERS: Readonly<Record<'x64' | 'arm64', Readonly<Record<string, number>>>> = {
  x64: {
    shmget: 29, shmat: 30, shmctl: 31, shmdt: 67, semget: 64, semop: 65, semctl: 66, semtimedop: 220, msgget: 68,
    msgsnd: 69, msgrcv: 70, msgctl: 71, mq_open: 240, memfd_create: 319, memfd_secret: 447, socket: 41, clone: 56,
    clone3: 435, fork: 57, vfork: 58, execveat: 322, unshare: 272, setns: 308, mount: 165, umount2: 166,
    pivot_root: 155, chroot: 161, open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432,
    fspick: 433, mount_setattr: 442, ptrace: 101, process_vm_readv: 310, process_vm_writev: 311, kcmp: 312,
    pidfd_open: 434, pidfd_getfd: 438, keyctl: 250, add_key: 248, request_key: 249, bpf: 321, perf_event_open: 298,
    userfaultfd: 323, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427, personality: 135,
    name_to_handle_at: 303, open_by_handle_at: 304, fanotify_init: 300, mbind: 237, set_mempolicy: 238,
    migrate_pages: 256, move_pages: 279, vmsplice: 278,
  },
  arm64: {
    shmget: 194, shmat: 196, shmctl: 195, shmdt: 197, semget: 190, semop: 193, semctl: 191, semtimedop: 192,
    msgget: 186, msgsnd: 189, msgrcv: 188, msgctl: 187, mq_open: 180, memfd_create: 279, memfd_secret: 447,
    socket: 198, clone: 220, clone3: 435, execveat: 281, unshare: 97, setns: 268, mount: 40, umount2: 39,
    pivot_root: 41, chroot: 51, open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432,
    fspick: 433, mount_setattr: 442, ptrace: 117, process_vm_readv: 270, process_vm_writev: 271, kcmp: 272,
    pidfd_open: 434, pidfd_getfd: 438, keyctl: 219, add_key: 217, request_key: 218, bpf: 280, perf_event_open: 241,
    userfaultfd: 282, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427, personality: 92,
    name_to_handle_at: 264, open_by_handle_at: 265, fanotify_init: 262, mbind: 235, set_mempolicy: 237,
    migrate_pages: 238, move_pages: 239, vmsplice: 75,
  },
};

/** `AUDIT_ARCH_X86_64` and `AUDIT_ARCH_AARCH64`. */
const AUDIT_ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
/** Calls of the x32 interface carry this bit; there is no x32 program here. */
const X32_BIT = 0x40000000;

// Classic BPF: load a word, jump if equal or if not below, return.
const [LOAD, JUMP_EQUAL, JUMP_NOT_BELOW, RETURN] = [0x20, 0x15, 0x35, 0x06];
const [ALLOW, KILL, REFUSE] = [0x7fff0000, 0x80000000, 0x00050000 | 1];
/** Where `struct seccomp_data` holds the call's number and the architecture. */
const [AT_NUMBER, AT_ARCH] = [0, 4];

type Instruction = [code: number, ifTrue: number, ifFalse: number, k: number];

/** The filter as bubblewrap reads it, or undefined for an architecture whose numbers are not listed. */
export function seccompFilter(arch: string = process.arch): Buffer | undefined {
  if (arch !== 'x64' && arch !== 'arm64') return undefined;
  const numbers = REFUSED.map((name) => NUMBERS[arch][name]).filter((number) => number !== undefined);
  const program: Instruction[] = [
    [LOAD, 0, 0, AT_ARCH],
    [JUMP_EQUAL, 1, 0, AUDIT_ARCH[arch]],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, AT_NUMBER],
    // Everything that is refused jumps to the end: over the rest of the list and the allowance.
    [JUMP_NOT_BELOW, numbers.length + 1, 0, X32_BIT],
    ...numbers.map((number, at): Instruction => [JUMP_EQUAL, numbers.length - at, 0, number]),
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, REFUSE],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [at, [code, ifTrue, ifFalse, k]] of program.entries()) {
    bytes.writeUInt16LE(code, at * 8);
    bytes.writeUInt8(ifTrue, at * 8 + 2);
    bytes.writeUInt8(ifFalse, at * 8 + 3);
    bytes.writeUInt32LE(k, at * 8 + 4);
  }
  return bytes;
}
