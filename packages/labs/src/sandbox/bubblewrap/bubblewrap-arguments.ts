import { existsSync, lstatSync, readlinkSync } from 'node:fs';

/** The interpreter that runs inside; part of the read-only system it sees. */
export const PYTHON = '/usr/bin/python3';

/**
 * The walls: user, process, network, mount, host and IPC namespaces of its own, no further user namespaces, no
 * capability, a root that holds the interpreter and its libraries read-only, and one small folder to write in. With a filter, read from
 * descriptor 5, calls that reach around these walls fail. Neither
 * `/proc` nor `/sys` nor `/dev` nor `/etc` nor anybody's home exists.
 */
export function bubblewrapArguments(code: string, filtered: boolean): string[] {
  return [
    '--unshare-all',
    '--unshare-user',
    '--disable-userns',
    '--cap-drop',
    'ALL',
    '--uid',
    '65534',
    '--gid',
    '65534',
    '--hostname',
    'sandbox',
    '--die-with-parent',
    '--new-session',
    ...(filtered ? ['--seccomp', '5'] : []),
    '--clearenv',
    // The order of a set of strings is the same in every run.
    '--setenv',
    'PYTHONHASHSEED',
    '0',
    ...systemFolders(),
    '--size',
    String(4 * 1024 * 1024),
    '--tmpfs',
    '/tmp',
    '--chdir',
    '/tmp',
    '--remount-ro',
    '/',
    PYTHON,
    '-S',
    '-B',
    '-s',
    '-X',
    'utf8',
    '-c',
    code,
  ];
}

/** The interpreter and the libraries; on merged systems `/lib` is a link, on others a folder. */
function systemFolders(): string[] {
  const mounts = ['--ro-bind', '/usr/lib', '/usr/lib'];
  for (const folder of ['/usr/lib64', '/usr/lib32'])
    if (existsSync(folder)) mounts.push('--ro-bind', folder, folder);
  for (const folder of ['/lib', '/lib64', '/lib32']) {
    if (!existsSync(folder)) continue;
    if (lstatSync(folder).isSymbolicLink()) mounts.push('--symlink', readlinkSync(folder), folder);
    else mounts.push('--ro-bind', folder, folder);
  }
  return [...mounts, '--ro-bind', PYTHON, PYTHON];
}
