import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A connection that can be cut: a port that leads to another. */
export interface Cable {
  port: number;
  /** Breaks what is connected and refuses what comes. */
  cut(): void;
  mend(): void;
  close(): void;
}

/** Leads from a port of its own to `port` on this machine. */
export async function layCable(port: number): Promise<Cable> {
  let isCut = false;
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    return socket;
  };
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) return void near.destroy();
    const far = keep(connect(port, '127.0.0.1'));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      breakAll();
    },
    mend() {
      isCut = false;
    },
    close() {
      server.close();
      breakAll();
    },
  };
}
