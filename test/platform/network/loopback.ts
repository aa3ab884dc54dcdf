import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

const running = new Map<Server, Set<Socket>>();

/** Starts a server on loopback until `closeServers`, and returns its port. */
export async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  running.set(server, sockets);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Stops all servers and closes their connections, including tunnels. */
export function closeServers(): void {
  for (const [server, sockets] of running) {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  running.clear();
}
